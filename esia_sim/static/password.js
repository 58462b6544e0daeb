// Helps with passwords: shows them, tells kept rules, Caps Lock and another keyboard layout.
const hint = document.getElementById("password-hint");
const rules = document.querySelectorAll("#password-rules [data-pattern]");
const password = document.getElementById("password");
const CYRILLIC = /[а-яё]/i;

function look(event) {
  const words = [];
  if (event.getModifierState?.("CapsLock")) words.push("Включён Caps Lock.");
  if (CYRILLIC.test(event.target.value)) words.push("Похоже, включена русская раскладка.");
  const said = words.join(" ");
  if (hint && hint.textContent !== said) hint.textContent = said;
  if (event.target === password) judge();
}

function judge() {
  for (const rule of rules) rule.dataset.kept = new RegExp(rule.dataset.pattern).test(password.value);
}

if (password?.value) judge(); // typed before this script had come

for (const field of document.querySelectorAll("input")) {
  field.addEventListener("input", look);
  field.addEventListener("keyup", look);
}
for (const button of document.querySelectorAll("[data-shows]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const show = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", show);
    for (const id of button.dataset.shows.split(" ")) document.getElementById(id).type = show ? "text" : "password";
  });
}
