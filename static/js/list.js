"use strict";
// Lists: "/" goes to the search; empty parameters stay out of the address; a refusal is shown as a page; print buttons.
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
  document.addEventListener("htmx:responseError", (e) => location.assign(e.detail.pathInfo.finalRequestPath));
  document.addEventListener("click", (e) => { if (e.target.closest("[data-print]")) print(); });
}
