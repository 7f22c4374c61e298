/* Suggestions while one writes a question: a combobox with a list (ARIA 1.2). Without this script
   the field is an ordinary one. Nothing is kept here, and one may always send what one wrote. */

const WAIT = 180; // milliseconds after the last key

function start(row) {
  const field = row.querySelector("input");
  const list = row.querySelector("[role=listbox]");
  const status = row.parentElement.querySelector("[role=status]");
  let timer = 0;
  let asked = 0;
  let at = -1;

  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);

  function close() {
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function choose(number) {
    const options = [...list.children];
    at = options.length ? (number + options.length) % options.length : -1;
    options.forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
    if (at >= 0) {
      field.setAttribute("aria-activedescendant", options[at].id);
      options[at].scrollIntoView({ block: "nearest" });
    }
  }

  function option(suggestion, number) {
    const item = document.createElement("li");
    const label = document.createElement("span");
    item.id = `forslag-${number}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.url = suggestion.url;
    item.append(suggestion.title, " ", label);
    label.className = "suggestions__kind";
    label.textContent = suggestion.label;
    return item;
  }

  function show(suggestions) {
    close();
    list.replaceChildren(...suggestions.map(option));
    list.hidden = suggestions.length === 0;
    field.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = list.hidden ? "" : status.dataset.says;
  }

  async function ask() {
    const own = ++asked;
    const question = field.value.trim();
    if (question.length < 2) return show([]);
    try {
      const query = new URLSearchParams({ q: question.slice(0, 200) });
      const response = await fetch(`${row.dataset.suggestions}?${query}`);
      const found = await response.json();
      if (own === asked && document.activeElement === field) show(found.suggestions);
    } catch {
      close();
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
      event.preventDefault();
      choose(event.key === "ArrowDown" ? at + 1 : at < 0 ? -1 : at - 1);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      location.assign(list.children[at].dataset.url);
    }
  });
  field.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[data-url]");
    if (item) location.assign(item.dataset.url);
  });
}

document.querySelectorAll("[data-module=suggest]").forEach(start);
