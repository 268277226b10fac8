"use strict";
// Shows that a form is at work: form[data-progress] with a <progress hidden> and a [data-progress-state] in it, and what to
// say in data-working. A form[data-upload] also shows how far the file is sent (data-sending, data-failed): a refusal
// replaces the page's content, everything else leads on.
document.addEventListener("submit", (e) => {
  const form = e.target.closest("form[data-progress]");
  if (!form || e.defaultPrevented) return;
  const bar = form.querySelector("progress"), state = form.querySelector("[data-progress-state]");
  const say = (text) => { state.textContent = text; };
  bar.hidden = false;
  if (!("upload" in form.dataset)) { say(form.dataset.working); return; }

  e.preventDefault();
  const xhr = new XMLHttpRequest();
  const free = () => {
    delete form.dataset.sent;
    form.querySelectorAll("button[type=submit]").forEach((b) => { b.disabled = false; });
    bar.hidden = true;
  };
  xhr.upload.addEventListener("progress", (p) => {
    if (p.lengthComputable) { bar.max = p.total; bar.value = p.loaded; }
    say(form.dataset.sending);
  });
  xhr.upload.addEventListener("load", () => { bar.removeAttribute("value"); say(form.dataset.working); });
  xhr.addEventListener("load", () => {
    if (xhr.status < 400) { location.assign(xhr.responseURL); return; }
    const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
    document.querySelector("main").replaceWith(page.querySelector("main") || page.body);
    document.title = page.title;
    document.querySelector(".errors[tabindex]")?.focus();
  });
  xhr.addEventListener("error", () => { free(); say(form.dataset.failed); });
  xhr.open("POST", location.href);
  xhr.send(new FormData(form, e.submitter));
});
