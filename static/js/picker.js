"use strict";
// Turns select[data-pick-url] into a search on the server; one person or many (multiple). Attributes:
// data-described    what the search would show of those chosen already, {value: {"text", "note"}}
// data-pick-url     answers {"results": [{"value", "text", "note"}], "several", "taken"} to q; no key chooses the first if
//                   several bear the name, or if whose name it is cannot be chosen, which `taken` says
// data-pick-params  more of the query, "session=2012-QLNN-01"
// data-codes        the id of a box for codes, in a <details>: several codes or lines pasted or dropped go there
// data-none, data-failed, data-remove  what to say when nothing is found, when the server does not answer, on the ×
// data-several, data-left              what to say above namesakes, and of a text that was left without a choice
{
  const LONG = 200, LONGEST = 500; // characters an address has room for, and that are sent at all
  const attach = (el) => {
    if (el.tomselect) return;
    // The library moves the label to its own input; the select itself must keep a name (tom-select issue 997).
    const label = document.querySelector(`label[for="${el.id}"]`);
    if (label) el.setAttribute("aria-label", label.textContent.replace("*", "").trim());
    // What the search would show of those chosen already.
    const described = JSON.parse(el.dataset.described || "{}");
    for (const option of el.options) Object.assign(option.dataset, described[option.value]);
    let failed = false, shown = null, unclear = ""; // `shown` is the query the results are of
    const typed = () => control.inputValue().trim();
    const shownAs = (o, esc) => `${esc(o.text)}${o.note ? ` <span class="mut">${esc(o.note)}</span>` : ""}`;
    const control = new TomSelect(el, {
      valueField: "value", labelField: "text", maxOptions: 20, refreshThrottle: 0, loadThrottle: 200, openOnFocus: false,
      plugins: el.multiple ? { remove_button: { title: el.dataset.remove } } : {}, closeAfterSelect: true, hidePlaceholder: true,
      searchField: [], score: () => () => 1, // the server has searched, without diacritics
      shouldLoad: (q) => q.trim().length > 1,
      onType() { failed = false; shown = null; say(""); this.clearActiveOption(); this.clearOptions(); left(); keep(); },
      onItemAdd() { shown = null; this.setTextboxValue(""); say(""); left(); this.clearOptions(); },
      onChange() { keep(); },
      load(q, done) {
        const query = new URLSearchParams(el.dataset.pickParams || ""), csrf = document.cookie.match(/(?:^|; )csrftoken=(\w+)/)?.[1];
        query.set("q", q.slice(0, LONGEST));
        (q.length > LONG
          ? fetch(el.dataset.pickUrl, { method: "POST", body: query, headers: { Accept: "application/json", "X-CSRFToken": csrf || "" } })
          : fetch(`${el.dataset.pickUrl}?${query}`, { headers: { Accept: "application/json" } }))
          .then((r) => { if (!r.ok || r.redirected) throw new Error(r.status); return r.json(); })
          .then((found) => {
            if (q.trim() !== typed()) { done(); return; } // something else was typed meanwhile
            [failed, unclear, shown] = [false, found.several ? el.dataset.several : found.taken, q.trim()];
            control.clearOptions();
            done(found.results);
          })
          .catch(() => { failed = true; done(); });
      },
      render: {
        option: (o, esc) => `<div>${shownAs(o, esc)}</div>`,
        item: (o, esc) => `<div>${shownAs(o, esc)}</div>`,
        no_results: (o, esc) => (shown === null && !failed ? null
          : `<div class="no-results" role="option" aria-disabled="true">${esc(failed ? el.dataset.failed : el.dataset.none)}</div>`),
        loading: () => null,
      },
    });
    const note = Object.assign(document.createElement("div"), { className: "hint" });
    note.role = "status";
    control.wrapper.before(note); // below it the list would cover the words
    const say = (text) => { note.textContent = text; };

    // By itself the library empties the box when it is left or its list closes.
    const close = control.close, left = () => { control.settings.hidePlaceholder = !typed(); };
    control.hook("instead", "close", () => close.call(control, !typed()));
    // By itself a click in the box with its list open gives the focus away, and what is typed next is lost.
    control.hook("instead", "onClick", () => { control.clearActiveItems(); control.focus(); });
    // The first of several namesakes, or of what was found for another text, is nobody's choice.
    control.hook("after", "refreshOptions", () => {
      if (unclear || shown !== typed()) control.clearActiveOption();
      if (unclear && shown === typed()) say(unclear);
    });
    const onKeyDown = control.onKeyDown;
    control.hook("instead", "onKeyDown", (e) => {
      const unsure = typed() && (shown !== typed() || !control.activeOption);
      if (e.key === "Enter" && !e.ctrlKey && !e.metaKey && !e.isComposing && unsure) { e.preventDefault(); return; }
      const first = control.isOpen && !control.activeOption && control.selectable()[0];
      if (e.key === "ArrowDown" && first) { e.preventDefault(); control.setActiveOption(first); return; }
      onKeyDown.call(control, e);
    });
    // What was typed and not chosen is said, not lost.
    el.form?.addEventListener("submit", (e) => {
      if (!typed()) return;
      e.preventDefault();
      control.focus();
      control.refreshOptions(true);
      say(el.dataset.left.replace("{text}", typed));
    });

    const keep = () => entry.keep(el.id, {
      chosen: control.items.map((value) => { const { text, note: said } = control.options[value] || {}; return { value, text, note: said }; }),
      typed: control.inputValue(),
    });
    const kept = entry.kept(el.id);
    if (kept) {
      control.clear(true);
      kept.chosen.forEach((o) => { control.addOption(o); control.addItem(o.value, true); });
      if (kept.typed) { control.setTextboxValue(kept.typed); left(); }
    }
    if (el.dataset.codes) takeCodes(control, document.getElementById(el.dataset.codes));
    if (el.autofocus) control.focus();
  };
  const takeCodes = (control, box) => {
    const details = box.closest("details");
    const take = (e) => {
      const text = (e.clipboardData || e.dataTransfer).getData("text"), lines = text.split(/[\r\n]+/).filter((line) => line.trim());
      const codes = text.split(/[\s,;]+/).filter(Boolean), all = codes.every((code) => /\d/.test(code));
      if (lines.length < 2 && !(codes.length > 1 && all)) return;
      e.preventDefault();
      details.open = true;
      box.value = [box.value.trim(), ...(lines.length > 1 ? lines : codes)].filter(Boolean).join("\n");
      box.dispatchEvent(new Event("input", { bubbles: true }));
      box.focus();
    };
    for (const type of ["paste", "drop"]) control.control_input.addEventListener(type, take);
    // On going back the browser fills the box again, but leaves it shut.
    addEventListener("pageshow", () => { if (box.value.trim()) details.open = true; });
    details.querySelector("summary").addEventListener("click", () => { if (!details.open) setTimeout(() => box.focus()); });
  };
  const attachAll = (root) => root.querySelectorAll("select[data-pick-url]").forEach(attach);
  attachAll(document);
  document.addEventListener("htmx:load", (e) => attachAll(e.target));
}
