"use strict";
// Forms: asks before unsaved changes are left (data-guard), sends once and with the token of now, Ctrl+Enter saves, the
// error summary takes the focus.
{
  let dirty = document.querySelector("form[data-guard][data-dirty]") !== null;
  document.addEventListener("input", (e) => { if (e.target.closest("form[data-guard]")) dirty = true; });
  document.addEventListener("change", (e) => { if (e.target.closest("form[data-guard]")) dirty = true; });
  addEventListener("beforeunload", (e) => { if (dirty) e.preventDefault(); });

  // Signing in again in another tab makes the token of a page that stands open void: the new one is in the cookie. Whose page
  // it is goes along, sealed (data-author), since the session may have ended or be another person's by then.
  const cookie = (name) => document.cookie.match(`(?:^|; )${name}=(\\w+)`)?.[1];
  document.addEventListener("submit", (e) => {
    const form = e.target, field = form.elements.csrfmiddlewaretoken, now = cookie("__Host-csrftoken") ?? cookie("csrftoken");
    if (!field) return;
    if (now) field.value = now;
    const value = document.body.dataset.author;
    if (value && !form.elements.typed_by) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "typed_by", value }));
  }, true); // before anything reads the fields
  document.addEventListener("submit", (e) => {
    const form = e.target;
    if (e.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) { e.preventDefault(); return; }
    if (form.matches("[data-guard]")) dirty = false;
    form.dataset.sent = "1";
    // After the browser has gathered the fields: a disabled button would not be among them.
    setTimeout(() => form.querySelectorAll("button[type=submit]").forEach((b) => { b.disabled = true; }));
  });
  // Back to a page kept in memory: its form may be sent again.
  addEventListener("pageshow", (e) => {
    if (!e.persisted) return;
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      form.querySelectorAll("button[type=submit]").forEach((b) => { b.disabled = false; });
    });
  });

  document.addEventListener("keydown", (e) => {
    if (e.isComposing || e.keyCode === 229 || e.key !== "Enter" || !(e.ctrlKey || e.metaKey)) return;
    const form = e.target.form || document.querySelector("form[data-guard], form[data-upload]");
    if (form) { e.preventDefault(); form.requestSubmit(form.querySelector("button:has(kbd)")); } // the one that says so: its name is sent too
  });

  document.querySelector(".errors[tabindex]")?.focus();
  document.addEventListener("click", (e) => {
    const link = e.target.closest(".errors a[href^='#']"), field = link && document.getElementById(link.hash.slice(1));
    if (field) { e.preventDefault(); (field.tomselect || field).focus(); }
  });
}
