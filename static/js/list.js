"use strict";
// Lists: "/" goes to the search; empty parameters stay out of the address; a refusal is shown as a page, but rows that could
// not be fetched (data-failed, data-again) are said to be those of before; print buttons.
{
  document.addEventListener("keydown", (e) => {
    if (e.isComposing || e.keyCode === 229 || e.ctrlKey || e.altKey || e.metaKey || e.key !== "/") return;
    if (e.target.matches("input, textarea, select, [contenteditable]")) return;
    const search = document.querySelector("[data-search]");
    if (search) { e.preventDefault(); search.focus(); search.select(); }
  });
  document.addEventListener("htmx:configRequest", (e) => {
    if (!e.target.closest("[data-list]")) return;
    for (const [name, value] of [...e.detail.formData.entries()]) if (value === "") e.detail.formData.delete(name);
  });
  const sayFailed = (form, reason) => {
    const list = document.querySelector("#list"), box = document.createElement("div"), again = document.createElement("button");
    list.querySelector("[role=alert]")?.remove();
    Object.assign(box, { className: "alert alert-danger", role: "alert" });
    Object.assign(again, { className: "btn btn-sm", type: "button", textContent: form.dataset.again });
    again.addEventListener("click", () => form.requestSubmit());
    box.append([reason, form.dataset.failed].filter(Boolean).join(". "), " ", again);
    list.prepend(box);
    list.classList.add("stale");
  };
  document.addEventListener("htmx:sendError", (e) => sayFailed(e.target.closest("[data-list]")));
  document.addEventListener("htmx:responseError", (e) => {
    const form = e.target.closest("[data-list]"), { xhr, pathInfo } = e.detail;
    if (!form || xhr.status < 502) { location.assign(pathInfo.finalRequestPath); return; }
    const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
    sayFailed(form, xhr.status === 503 && page.querySelector("main h1")?.textContent);
  });
  document.addEventListener("click", (e) => { if (e.target.closest("[data-print]")) print(); });
}
