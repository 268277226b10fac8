"use strict";
// Shows how far an upload is, then that the server works: form[data-upload] with a <progress hidden> and a
// [data-upload-state] in it, and the sentences to say in data-sending, data-working, data-failed.
// The answer replaces the page as an ordinary form's would.
for (const form of document.querySelectorAll("form[data-upload]")) {
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    const bar = form.querySelector("progress"), state = form.querySelector("[data-upload-state]");
    const say = (text) => { state.textContent = text; };
    const enable = (on) => form.querySelectorAll("button[type=submit]").forEach((b) => { b.disabled = !on; });
    const xhr = new XMLHttpRequest();
    bar.hidden = false;
    enable(false);
    xhr.upload.addEventListener("progress", (p) => {
      if (p.lengthComputable) { bar.max = p.total; bar.value = p.loaded; }
      say(form.dataset.sending);
    });
    xhr.upload.addEventListener("load", () => { bar.removeAttribute("value"); say(form.dataset.working); });
    xhr.addEventListener("load", () => {
      if (xhr.responseURL !== location.href) history.pushState(null, "", xhr.responseURL);
      document.open(); document.write(xhr.responseText); document.close();
    });
    xhr.addEventListener("error", () => { bar.hidden = true; enable(true); say(form.dataset.failed); });
    xhr.open("POST", form.action);
    xhr.send(new FormData(form));
  });
}
