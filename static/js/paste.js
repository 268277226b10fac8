"use strict";
// Several cells or lines, pasted or dropped. In the table of [data-grid] each goes to its own field, to the right and down
// of the one that has the focus; what follows a column of names or codes, as they stand in the th, goes to the rows so called.
// What was filled is said below the table, with a button that takes it back; a field whose value has no place there is marked
// until it is changed. Into any other field of one line they are stopped, and that is said. The words: #paste-words.
{
  const words = document.getElementById("paste-words").dataset;
  const say = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const some = (values) => values.slice(0, 3).map((value) => `“${value.length > 60 ? `${value.slice(0, 60)}…` : value}”`).join(", ") + (values.length > 3 ? ", …" : "");

  // As spreadsheets copy: tabs between cells, line breaks between rows, quotes around a cell that holds either.
  const blockOf = (text) => {
    const cell = /"((?:[^"]|"")*)"(?=[\t\n]|$)|[^\t\n]*/y, rows = [[]];
    for (let at = 0; ; at += 1) {
      cell.lastIndex = at;
      const [whole, quoted] = cell.exec(text);
      const value = quoted !== undefined && /[\t\n]|""/.test(quoted) ? quoted.replaceAll('""', '"') : whole;
      rows.at(-1).push(value.normalize("NFC").replace(/\s+/g, " ").trim());
      at += whole.length;
      if (at >= text.length) return rows;
      if (text[at] === "\n") rows.push([]);
    }
  };

  const usable = (cell) => {
    const field = cell?.querySelector("select, input:not([type=hidden], [type=checkbox], [type=radio])");
    return field && !field.disabled && !field.readOnly && field.getClientRects().length ? field : null;
  };
  const set = (field, value) => {
    field.value = value;
    for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
  };
  const fill = (field, value) => { // false where the value has no place in the field
    // Without diacritics, and without what stands in brackets after the word.
    const word = (text) => text.replace(/\(.*\)$/, "").trim().toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");
    const same = (option) => word(option.text) === word(value);
    const taken = field.matches("select") ? [...field.options].find(same)?.value : value;
    if (taken === undefined || (field.maxLength >= 0 && value.length > field.maxLength)) return false;
    set(field, taken);
    return true;
  };
  const mark = (field, wrong) => {
    field.classList.toggle("is-invalid", wrong);
    if (!wrong) { field.removeAttribute("aria-invalid"); return; }
    field.setAttribute("aria-invalid", "true");
    field.addEventListener("input", () => mark(field, false), { once: true });
  };

  const notes = new Map();
  document.querySelectorAll("[data-grid] table").forEach((table) => {
    const note = document.createElement("p"), text = document.createElement("span"), undo = document.createElement("button");
    note.className = "pasted";
    text.role = "status";
    Object.assign(undo, { type: "button", className: "as-link", textContent: words.undo, hidden: true });
    note.append(text, " ", undo);
    table.closest("[data-grid]").after(note);
    notes.set(table, { text, undo });
  });

  const spread = (field, table, block) => {
    const rows = [...table.tBodies[0].rows].filter((row) => row.getClientRects().length);
    const top = rows.indexOf(field.closest("tr")), left = field.closest("td").cellIndex;
    const called = (row) => [...row.querySelector("th").childNodes].map((part) => part.textContent.trim().toLowerCase());
    const whose = (value) => (value ? rows.filter((row) => called(row).includes(value.toLowerCase())) : []);
    const who = Math.max(...block.map((line) => line.findLastIndex((value) => whose(value).length))); // their column
    const done = [], unplaced = [], spare = [], marked = [];
    block.forEach((line, i) => {
      const [row, namesake] = who < 0 ? [rows[top + i]] : whose(line[who]);
      if (!row || namesake) { if (line.some(Boolean)) spare.push(line.filter(Boolean).join(" ")); return; }
      line.slice(who + 1).forEach((value, j) => {
        if (!value) return; // an empty cell leaves what stands there
        const target = usable(row.cells[left + j]), before = target?.value, name = row.querySelector("th").textContent.trim().replace(/\s+/g, " ");
        if (target && fill(target, value)) { done.push({ target, before, name }); return; }
        unplaced.push(target ? `${name}: ${value}` : value); // whose field keeps what stood there
        if (target && !target.matches(".is-invalid")) marked.push(target);
      });
    });
    marked.forEach((target) => mark(target, true));
    const said = [done.length ? say(words.filled, { n: done.length, first: done[0].name, last: done.at(-1).name }) : words.nothing];
    if (spare.length) said.push(say(words.spare, { n: spare.length, values: some(spare) }));
    if (unplaced.length) said.push(say(words.unplaced, { n: unplaced.length, values: some(unplaced) }));
    const { text, undo } = notes.get(table);
    text.textContent = said.join(" ");
    undo.hidden = !done.length;
    undo.onclick = () => {
      done.reverse().forEach(({ target, before }) => set(target, before));
      marked.forEach((target) => mark(target, false));
      [text.textContent, undo.hidden] = [words.undone, true];
      field.focus();
    };
  };

  const refusals = new WeakMap();
  const refuse = (field, n) => {
    refusals.get(field)?.remove();
    const note = Object.assign(document.createElement("div"), { className: "hint", role: "alert" });
    note.textContent = say(words.oneLine, { n });
    (field.closest(".ts-wrapper, .input-group") || field).after(note);
    refusals.set(field, note);
    field.addEventListener("input", () => note.remove(), { once: true });
  };

  const take = (e) => {
    const field = e.target;
    if (e.defaultPrevented || !field.matches?.("input:not([type=password], [type=file]), [data-grid] td select")) return;
    const text = (e.clipboardData || e.dataTransfer).getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    const table = field.closest("[data-grid] table"), choice = field.matches("select");
    // One value the browser takes by itself, but into a choice.
    if (!text || (!/[\t\n]/.test(table ? text : text.trim()) && !choice)) return;
    e.preventDefault();
    field.focus();
    const block = blockOf(text);
    if (table) spread(field, table, block);
    else refuse(field, block.flat().filter(Boolean).length);
  };
  for (const type of ["paste", "drop"]) document.addEventListener(type, take);
  // By itself the browser drops nothing on a choice.
  document.addEventListener("dragover", (e) => { if (e.target.matches?.("[data-grid] td select")) e.preventDefault(); });
}
