// "Lämna sidan snabbt": the page is replaced, so that the back button does not lead to it again.
// Without this script the same is a plain link.
"use strict";

const link = document.querySelector('[data-module="leave"]');
const leave = () => window.location.replace(link.href);

link.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") leave();
});
document.querySelector("[data-leave-key]").hidden = false;
