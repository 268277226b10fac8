"use strict";
// What a page keeps with its entry in the browser's history, to be found again on going back: `entry.keep(name, value)`,
// `entry.kept(name)`. Only for the person who typed it; somebody else may have signed in since.
const entry = {
  all() {
    const { author, kept } = history.state || {};
    return author !== undefined && author === document.body.dataset.author ? kept || {} : {};
  },
  kept(name) { return this.all()[name]; },
  keep(name, value) { this.claim({ ...this.all(), [name]: value }); },
  claim(kept = this.all()) {
    history.replaceState({ ...history.state, author: document.body.dataset.author, kept }, "");
  },
};
// Back to a page that somebody else had open: the browser puts what they typed into this person's page, which is emptied by
// fetching it anew. Nothing of it is to be seen or sent meanwhile; a browser that fills in after that too finds it reset.
{
  const former = history.state?.author;
  entry.claim();
  if (former !== undefined && former !== document.body.dataset.author) {
    document.body.hidden = true;
    addEventListener("pageshow", () => {
      for (const form of document.forms) form.reset();
      location.reload();
    });
  }
  document.addEventListener("htmx:pushedIntoHistory", () => entry.claim());
}
