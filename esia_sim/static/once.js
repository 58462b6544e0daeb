// A form that is pressed twice goes once; when no answer came it can be pressed again.
const PAUSE = 5000;
const sent = new WeakMap();

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const since = event.timeStamp - (sent.get(event.target) ?? -PAUSE);
  if (since < PAUSE) event.preventDefault();
  else sent.set(event.target, event.timeStamp);
});
