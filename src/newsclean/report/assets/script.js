"use strict";
(() => {
  const form = document.getElementById("filters");
  const samples = [...document.querySelectorAll(".sample")];
  const names = ["rule", "source", "lang", "relation"];
  const held = new Map(samples.map((sample) => [
    sample, Object.fromEntries(names.map((name) => [name, JSON.parse(sample.dataset[name])])),
  ]));
  const words = new Map();
  for (const name of names) {
    const found = new Set(samples.flatMap((sample) => held.get(sample)[name]).filter(Boolean));
    for (const value of [...found].sort()) {
      const option = document.createElement("option");
      option.value = option.textContent = value;
      form.elements[name].append(option);
    }
    form.elements[name].closest("label").hidden = found.size === 0;
  }
  const update = () => {
    const sought = form.elements.words.value.trim().toLocaleLowerCase();
    let shown = 0;
    for (const sample of samples) {
      const fits = names.every((name) => {
        const wanted = form.elements[name].value;
        return !wanted || held.get(sample)[name].includes(wanted);
      });
      if (fits && sought && !words.has(sample)) words.set(sample, sample.textContent.toLocaleLowerCase());
      sample.hidden = !fits || Boolean(sought && !words.get(sample).includes(sought));
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
