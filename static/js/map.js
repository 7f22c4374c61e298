/* A pin and its card in the list, both marked with data-number, light up together. */

function lightUp(event, isLit) {
  const pointed = event.target.closest?.("[data-number]");
  if (!pointed) return;
  for (const one of document.querySelectorAll(`[data-number="${CSS.escape(pointed.dataset.number)}"]`)) {
    one.classList.toggle("is-lit", isLit);
  }
}

if (document.querySelector('[data-module="map"]')) {
  for (const name of ["pointerover", "focusin"]) document.addEventListener(name, (event) => lightUp(event, true));
  for (const name of ["pointerout", "focusout"]) document.addEventListener(name, (event) => lightUp(event, false));
}
