/* Elements made by scripts: make("p", { class: "soft" }, "words", another). What is undefined or false is left out. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== false && value !== null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/* A list of options under a field: what ARIA calls a listbox, moved through while the field keeps the focus. */
export function listbox(list, field, { take, changed = () => {} }) {
  let options = [];
  let at = -1;
  const mark = (index) => {
    at = index;
    [...list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    const active = list.children[at];
    if (active) {
      field.setAttribute("aria-activedescendant", active.id);
      active.scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  };
  const show = (found, index = found.length ? 0 : -1) => {
    options = found;
    list.replaceChildren(
      ...found.map(({ label, meta }, number) =>
        make("li", { role: "option", id: `${list.id}-${number}`, onpointerdown: (event) => event.preventDefault(), onclick: () => take(found[number]) },
          make("span", {}, label), meta && make("span", { class: "hint" }, meta)),
      ),
    );
    list.hidden = !found.length;
    mark(index);
    changed(found);
  };
  return {
    show,
    close: () => show([]),
    move: (by) => options.length && mark((at + by + options.length) % options.length),
    get open() {
      return options.length > 0;
    },
    get active() {
      return options[at];
    },
  };
}
