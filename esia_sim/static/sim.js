// Counts the seconds to the next code, copies codes, and renews the phone when a message comes.
const forms = { one: "секунду", few: "секунды", many: "секунд" };
const rules = new Intl.PluralRules("ru");

function countDown(hint) {
  const end = Date.now() + Number(hint.dataset.secondsLeft) * 1000;
  const tick = setInterval(() => {
    const left = Math.ceil((end - Date.now()) / 1000);
    const word = forms[rules.select(left)] ?? forms.many;
    hint.textContent = left > 0 ? `Новый код можно запросить через ${left}\u00a0${word}.` : "";
    if (left <= 0) clearInterval(tick);
  }, 1000);
}

function showCopyButtons() {
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
}

async function copy(code) {
  try {
    await navigator.clipboard.writeText(code);
    return true;
  } catch {
    // In a frame, or without https, the clipboard is closed to us.
    const field = document.createElement("textarea");
    field.value = code;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

async function renew(list) {
  const answer = await fetch(location.pathname);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const old of list.querySelectorAll(".empty")) old.remove();
  for (const item of [...page.querySelectorAll("#messages > .message")].reverse()) {
    if (document.getElementById(item.id)) continue;
    item.classList.add("new");
    list.prepend(item);
  }
  showCopyButtons();
  list.closest(".screen").scrollTo({ top: 0 });
}

function listen(list) {
  const source = new EventSource(`${location.pathname}/events?since=${list.dataset.cursor}`);
  source.addEventListener("message", () => renew(list));
  addEventListener("pagehide", () => source.close());
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const done = await copy(button.dataset.copy);
  button.focus();
  button.textContent = done ? "Скопировано" : "Не удалось";
  document.getElementById("copied").textContent = done ? "Код скопирован." : "Скопировать не удалось.";
  setTimeout(() => (button.textContent = "Скопировать код"), 2000);
});

const hint = document.querySelector("[data-seconds-left]");
if (hint) countDown(hint);
const list = document.getElementById("messages");
if (list) {
  showCopyButtons();
  listen(list);
}
