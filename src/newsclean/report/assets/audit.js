"use strict";
(() => {
  const form = document.getElementById("sheet");
  const columns = form.dataset.columns.split(",");
  const rows = [...form.querySelectorAll("fieldset")].map((set) => JSON.parse(set.dataset.row));
  const answer = (row, name) => {
    const field = form.elements[`${name}-${row.number}`];
    return field ? field.value : "";
  };
  const cell = (value) => {
    const text = String(value);
    const inert = /^[=+\-@\t]/.test(text) && typeof value === "string" ? `'${text}` : text;
    return /[",\n\r]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
  };
  const sheet = () => {
    const filled = rows.map((row) => ({ ...row, verdict: answer(row, "verdict"), note: answer(row, "note") }));
    return [columns.join(","), ...filled.map((row) => columns.map((name) => cell(row[name])).join(","))].join("\n") + "\n";
  };
  const update = () => {
    const done = rows.filter((row) => answer(row, "verdict")).length;
    form.elements.done.textContent = `${done} of ${rows.length} judged`;
  };
  form.addEventListener("input", update);
  form.addEventListener("change", update);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([sheet()], { type: "text/csv" }));
    link.download = "audit-judged.csv";
    link.click();
  });
  form.sheet = sheet;
  update();
})();
