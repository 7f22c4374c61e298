/* Says in words when a passkey could not be used: cancelled, timed out, or not known here. */
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const message = document.getElementById("passkey-error");
  message.hidden = true;
  requestAnimationFrame(() => { message.hidden = false; });
});
