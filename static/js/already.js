"use strict";
// Below a picker select[data-already]: who of those found is there already (`url`, `there` of a result), each with a link.
document.querySelectorAll("select[data-already]").forEach((el) => {
  const control = el.tomselect, lines = Object.assign(document.createElement("div"), { className: "hint", role: "status" });
  control.wrapper.after(lines);
  const show = (found) => lines.replaceChildren(...(found || []).filter((result) => result.url).map((result) => {
    const line = document.createElement("div"), link = document.createElement("a");
    Object.assign(link, { href: result.url, target: "_blank", textContent: result.there });
    line.append(`${result.text}: `, link);
    return line;
  }));
  control.on("type", () => show());
  control.on("load", show);
});
