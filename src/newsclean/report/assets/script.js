"use strict";
(() => {
  const form = document.getElementById("filters");
  const samples = [...document.querySelectorAll(".sample")];
  const values = {
    rule: (sample) => sample.dataset.rules.split("|"),
    source: (sample) => [sample.dataset.source],
    lang: (sample) => [sample.dataset.lang],
    relation: (sample) => [sample.dataset.relation],
  };
  for (const [name, read] of Object.entries(values)) {
    const found = new Set(samples.flatMap(read).filter(Boolean));
    for (const value of [...found].sort()) {
      const option = document.createElement("option");
      option.value = option.textContent = value;
      form.elements[name].append(option);
    }
  }
  const update = () => {
    const words = form.elements.words.value.trim().toLocaleLowerCase();
    let shown = 0;
    for (const sample of samples) {
      const fits = Object.entries(values).every(([name, read]) => {
        const wanted = form.elements[name].value;
        return !wanted || read(sample).includes(wanted);
      });
      sample.hidden = !fits || (words && !sample.textContent.toLocaleLowerCase().includes(words));
      shown += !sample.hidden;
    }
    document.body.classList.toggle("clean", form.elements.clean.checked);
    form.elements.shown.textContent = `${shown} of ${samples.length} samples`;
  };
  form.addEventListener("input", update);
  form.addEventListener("change", update);
  form.addEventListener("reset", () => setTimeout(update));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.activeElement) document.activeElement.blur();
  });
  update();
})();
