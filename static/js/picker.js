"use strict";
// Turns select[data-pick-url] into a search on the server; one person or many (multiple). Attributes:
// data-pick-url     answers {"results": [{"value", "text", "note"}]} to ?q=
// data-pick-params  more of the query, "session=2012-QLNN-01"
// data-codes        the id of a box for codes, in a <details>: several codes that are pasted go there
// data-none, data-failed, data-remove  what to say when nothing is found, when the server does not answer, on the ×
{
  const attach = (el) => {
    if (el.tomselect) return;
    // The library moves the label to its own input; the select itself must keep a name (tom-select issue 997).
    const label = document.querySelector(`label[for="${el.id}"]`);
    if (label) el.setAttribute("aria-label", label.textContent.replace("*", "").trim());
    let failed = false;
    const control = new TomSelect(el, {
      valueField: "value", labelField: "text", maxOptions: 20, loadThrottle: 200, openOnFocus: false,
      plugins: el.multiple ? { remove_button: { title: el.dataset.remove } } : {}, closeAfterSelect: true, hidePlaceholder: true,
      searchField: [], score: () => () => 1, // the server has searched, without diacritics
      shouldLoad: (q) => q.trim().length > 1,
      onType() { this.clearActiveOption(); this.clearOptions(); },
      onItemAdd() { this.setTextboxValue(""); this.clearOptions(); },
      load(q, done) {
        const query = new URLSearchParams(el.dataset.pickParams || "");
        query.set("q", q);
        fetch(`${el.dataset.pickUrl}?${query}`, { headers: { Accept: "application/json" } })
          .then((r) => { if (!r.ok || r.redirected) throw new Error(r.status); return r.json(); })
          .then((found) => { failed = false; done(found.results); })
          .catch(() => { failed = true; done(); });
      },
      render: {
        option: (o, esc) => `<div>${esc(o.text)}${o.note ? ` <span class="mut">${esc(o.note)}</span>` : ""}</div>`,
        no_results: (o, esc) => `<div class="no-results" role="option" aria-disabled="true">${esc(failed ? el.dataset.failed : el.dataset.none)}</div>`,
        loading: () => null,
      },
    });
    // By itself a click in the box with its list open gives the focus away, and what is typed next is lost.
    control.hook("instead", "onClick", () => { control.clearActiveItems(); control.focus(); });
    if (el.dataset.codes) takeCodes(control, document.getElementById(el.dataset.codes));
    if (el.autofocus) control.focus();
  };
  const takeCodes = (control, box) => {
    const details = box.closest("details");
    control.control_input.addEventListener("paste", (e) => {
      const codes = e.clipboardData.getData("text").split(/[\s,;]+/).filter(Boolean);
      if (codes.length < 2 || !codes.every((code) => /\d/.test(code))) return;
      e.preventDefault();
      details.open = true;
      box.value = [box.value.trim(), ...codes].filter(Boolean).join("\n");
      box.dispatchEvent(new Event("input", { bubbles: true }));
      box.focus();
    });
    details.querySelector("summary").addEventListener("click", () => { if (!details.open) setTimeout(() => box.focus()); });
  };
  const attachAll = (root) => root.querySelectorAll("select[data-pick-url]").forEach(attach);
  attachAll(document);
  document.addEventListener("htmx:load", (e) => attachAll(e.target));
}
