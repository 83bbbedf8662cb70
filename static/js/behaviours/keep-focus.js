/* The field has the focus again after whatever was pressed in its form has been answered. */
export default function keepFocus(field) {
  field.form?.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt === field.form) field.focus({ preventScroll: true });
  });
}
