// The outline icons of the product. A template names one by `ui::icon("home")`; the build fails on a name
// that is not here, and the sprite holds nothing that is not here.
export const icons = [
  "alert-triangle", "archive", "arrow-left", "arrows-shuffle", "arrows-sort", "bookmark", "books", "building",
  "calendar", "certificate", "chart-bar", "chart-dots", "checklist", "checkup-list", "chevron-down", "chevron-left",
  "chevron-right", "circle-check", "clipboard-heart", "clipboard-list", "clock", "contract", "contrast", "download",
  "external-link", "eye", "file-spreadsheet", "file-text", "filter", "flag", "heart-handshake", "help-circle",
  "history", "home", "hourglass", "id-badge-2", "info-circle", "key", "lifebuoy", "list-check", "lock", "logout",
  "mail", "map-2", "menu-2", "messages", "pencil", "percentage-0", "percentage-100", "percentage-20", "percentage-40",
  "percentage-60", "plus", "printer", "puzzle", "refresh", "route", "school", "search", "send", "settings", "signature",
  "sort-ascending", "sort-descending", "star", "trash", "upload", "user", "user-check", "users", "users-group", "x",
];

// One shape for each state, told apart without color.
export const tones = {
  done: "circle-check",
  wait: "clock",
  late: "alert-triangle",
  closed: "archive",
  draft: "pencil",
  plan: "calendar",
};
