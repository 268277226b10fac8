"use strict";
// What a page keeps with its entry in the browser's history, to be found again on going back: `entry.keep(name, value)`,
// `entry.kept(name)`. Only for the person who typed it; somebody else may have signed in since.
const entry = {
  kept(name) {
    const state = history.state;
    return state?.user === document.body.dataset.user ? state.kept?.[name] : undefined;
  },
  keep(name, value) {
    const user = document.body.dataset.user, before = history.state?.user === user ? history.state.kept : {};
    history.replaceState({ ...history.state, user, kept: { ...before, [name]: value } }, "");
  },
};
