"use strict";
// input[data-name-lower]: a name typed wholly in lower case, or wholly in capitals, gets a hint below it with the name as
// it is usually written, and a button that takes it. It stops nothing.
// data-name-lower, data-name-upper  the hint, with {name};  data-name-take  the button
{
  const usual = (name) => name.toLocaleLowerCase("vi").replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toLocaleUpperCase("vi"));
  document.querySelectorAll("input[data-name-lower]").forEach((input) => {
    const hint = document.createElement("div"), words = document.createElement("span"), take = document.createElement("button");
    hint.className = "hint of-name";
    words.role = "status";
    Object.assign(take, { type: "button", className: "as-link", textContent: input.dataset.nameTake, hidden: true });
    hint.append(words, " ", take);
    input.parentElement.append(hint);
    let timer = 0;
    const look = () => {
      const name = input.value.normalize("NFC").trim(), meant = usual(name);
      const says = name === meant ? "" : name === name.toLocaleLowerCase("vi") ? input.dataset.nameLower
        : name === name.toLocaleUpperCase("vi") ? input.dataset.nameUpper : "";
      words.textContent = says.replace("{name}", () => meant);
      take.hidden = !says;
    };
    take.addEventListener("click", () => {
      input.value = usual(input.value.normalize("NFC").trim());
      input.dispatchEvent(new Event("input", { bubbles: true }));
      look();
      input.focus();
    });
    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 500); });
    input.addEventListener("change", look);
    look();
  });
}
