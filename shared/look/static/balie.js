// Balie: progressive enhancement only. Every page works without this file.

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const calm = (wait, act) => {
  let timer;
  return Object.assign((...args) => { clearTimeout(timer); timer = setTimeout(act, wait, ...args); }, { stop: () => clearTimeout(timer) });
};
const answers = (form) => {
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name); // files travel only with the real submit
  return body;
};

// 1. After a failed submit the error summary takes focus.
document.querySelector("[data-error-summary]")?.focus();

// 2. A block with data-when="question" data-is="codes" shows, and is sent, only while the question has one of these answers.
//    (No aria-expanded: ARIA does not allow it on a radio; the block simply comes next in the page.)
const blocks = all("[data-when]");
const given = (form, name) => [...form.elements].filter((control) =>
  control.name === name && !control.disabled && (control.matches("[type=radio],[type=checkbox]") ? control.checked : true)).map((control) => control.value);
const reveal = () => blocks.forEach((block) => {
  const form = block.closest("form");
  if (!form) return;
  block.hidden = !given(form, block.dataset.when).some((value) => block.dataset.is.split(" ").includes(value));
  all("input,select,textarea,button", block).forEach((control) => { control.disabled = !!control.closest("[data-when][hidden]"); });
});
if (blocks.length) {
  reveal();
  document.addEventListener("change", reveal);
}

// 3. Never send a form twice; a page that comes back from the browser's memory may send again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "get" || event.submitter?.formTarget) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 4000);
});
addEventListener("pageshow", () => {
  all("form[data-sent]").forEach((form) => delete form.dataset.sent);
  reveal();
});

// 4. Keep the draft quietly, a second after typing stops and when the page is left.
all("form[data-autosave]").forEach((form) => {
  const status = form.querySelector("[data-autosave-status]");
  let open = false;
  const save = (leaving) => {
    open = false;
    fetch(form.dataset.autosave, { method: "POST", body: answers(form), keepalive: leaving === true })
      .then(async (answer) => {
        const said = (answer.headers.get("Content-Type") || "").startsWith("text/plain") ? await answer.text() : "";
        if (!answer.ok && !said) throw answer;
        open = open || !answer.ok;
        status.textContent = said || status.dataset.saved;
        document.dispatchEvent(new Event("saved"));
      })
      .catch(() => { open = true; status.textContent = status.dataset.unsaved; });
  };
  const later = calm(1000, save);
  form.addEventListener("input", () => { open = true; later(); });
  form.addEventListener("submit", () => { open = false; later.stop(); });
  document.addEventListener("visibilitychange", () => { if (document.hidden && open) { later.stop(); save(true); } });
});

// In which question something was typed, or an explanation opened, goes along as a hidden field: its name, nothing else.
const note = (form, about, question) => {
  if (form.querySelector(`[name=${about}][value="${CSS.escape(question)}"]`)) return;
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: about, value: question });
  form.append(field);
};
document.addEventListener("input", ({ target }) => {
  if (target.name && target.form?.elements._shown) note(target.form, "_touched", target.name.split(".")[0]);
}, true);
document.addEventListener("toggle", ({ target }) => {
  const name = target.open && target.matches("form[data-autosave] .balie-why") && target.closest(".utrecht-form-field, fieldset")?.querySelector("[name]")?.name;
  if (!name) return;
  note(target.closest("form"), "_helped", name.split(".")[0]);
  target.closest("form").dispatchEvent(new Event("input"));
}, true);

// 5. "Use my location" fills in the coordinates; the button is there only where the browser may tell them.
if (navigator.geolocation && isSecureContext) all("[data-locate]").forEach((button) => {
  const field = document.getElementById(button.dataset.locate), status = button.closest(".utrecht-form-field").querySelector("[role=status]");
  const tell = (how) => { status.textContent = status.dataset[how]; };
  button.hidden = false;
  button.addEventListener("click", () => {
    tell("busy");
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      field.value = `${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}`;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      tell("found");
    }, () => tell("failed"), { enableHighAccuracy: true, timeout: 15000 });
  });
});

// 6. A chosen file goes at once, and its question comes back with the file in the list. Who goes on meanwhile sends it with the page.
const quiet = (within) => all("[data-upload-button]", within).forEach((button) => { button.hidden = true; });
quiet(document);
document.addEventListener("change", ({ target }) => {
  const block = target.closest("[data-upload]");
  if (!block || target.type !== "file" || !target.files.length) return;
  const form = target.form, post = new XMLHttpRequest(), body = new FormData(form);
  const tell = (text) => { block.querySelector("[data-upload-status]").textContent = text; };
  const stop = () => post.abort();
  form.addEventListener("submit", stop, { once: true });
  body.append("action", `upload:${block.dataset.upload}`);
  post.responseType = "document";
  post.upload.onprogress = ({ loaded, total }) => tell(`${block.dataset.busy} ${Math.round((100 * loaded) / total)}%`);
  post.onerror = () => tell(block.dataset.failed);
  post.onload = () => {
    form.removeEventListener("submit", stop);
    const fresh = post.response?.getElementById(block.id);
    if (!fresh) return post.onerror();
    const here = block.contains(document.activeElement);
    block.replaceWith(fresh);
    quiet(fresh);
    if (here) fresh.querySelector("[type=file]").focus(); // who went on to another question stays there
    if (post.status < 400) fresh.querySelector("[data-upload-status]").textContent = fresh.dataset.done;
  };
  post.open("POST", form.getAttribute("action") || location.href);
  post.send(body);
});

// 7. The letter beside the form follows the text: the body of the preview is swapped, so it keeps its place and no page is added to the history.
all("form[data-preview]").forEach((form) => {
  const frame = form.querySelector("[data-preview-frame]"), status = form.querySelector("[data-preview-status]");
  let last = 0;
  const refresh = async () => {
    const turn = ++last;
    try {
      const answer = await fetch(form.dataset.preview, { method: "POST", body: answers(form) });
      if (!answer.ok) throw answer;
      const reader = new frame.contentWindow.DOMParser(); // the policy of the frame counts, in which a mail may have its look
      const fresh = reader.parseFromString(await answer.text(), "text/html");
      if (turn === last) frame.contentDocument.body.replaceWith(fresh.body);
      status.textContent = "";
    } catch { status.textContent = status.dataset.failed; }
  };
  form.addEventListener("input", calm(800, refresh));
  form.querySelector("[data-preview-button]").addEventListener("click", (event) => { event.preventDefault(); refresh(); });
});

// 8. Work queue: choose all, count, keys.
all("[data-queue]").forEach((queue) => {
  const boxes = () => all("tbody input[type=checkbox]", queue);
  const every = queue.querySelector("[data-check-all]"), count = queue.querySelector("[data-count]");
  const tally = () => {
    const total = boxes().length, n = boxes().filter((box) => box.checked).length;
    if (count) {
      count.textContent = n === 0 ? count.dataset.none : n === 1 ? count.dataset.one : count.dataset.many.replace("{n}", n);
      count.closest(".balie-bulk").toggleAttribute("data-chosen", n > 0);
    }
    if (every) Object.assign(every, { checked: n > 0 && n === total, indeterminate: n > 0 && n < total });
  };
  if (every) {
    every.hidden = false;
    every.addEventListener("change", () => { boxes().forEach((box) => { box.checked = every.checked; }); tally(); });
  }
  queue.addEventListener("change", tally);
  addEventListener("pageshow", tally);

  let cursor = -1;
  const move = (step) => {
    const rows = all("tbody tr", queue);
    if (!rows.length) return;
    rows[cursor]?.removeAttribute("data-cursor");
    cursor = Math.max(0, Math.min(rows.length - 1, cursor + step));
    rows[cursor].setAttribute("data-cursor", "");
    rows[cursor].querySelector("a")?.focus();
  };
  const choose = () => {
    const box = queue.querySelector("tr[data-cursor] input[type=checkbox]");
    if (box) { box.checked = !box.checked; tally(); }
  };
  const take = () => {
    const box = queue.querySelector("tr[data-cursor] input[type=checkbox]"), button = queue.querySelector("[data-take]");
    if (!box || !button) return;
    boxes().forEach((each) => { each.checked = each === box; });
    queue.elements.to.selectedIndex = 0;
    queue.requestSubmit(button);
  };
  const help = () => {
    const list = document.getElementById("shortcuts");
    if (list) { list.open = true; list.querySelector("summary").focus(); }
  };
  const keys = { j: () => move(1), k: () => move(-1), x: choose, t: take, n: () => document.querySelector("[data-next]")?.click(), "/": () => document.getElementById("q")?.focus(), "?": help };
  document.addEventListener("keydown", (event) => {
    // one-letter keys act only outside fields, and can be switched off (WCAG 2.1.4)
    if (event.ctrlKey || event.metaKey || event.altKey || document.body.hasAttribute("data-no-keys")) return;
    if (event.target.matches("input:not([type=checkbox]),select,textarea,[contenteditable]") || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  // rows that stayed tell what is new in them; none moves under who reads, and a line above says that the list changed
  const named = (row) => row.querySelector("a")?.textContent;
  document.addEventListener("fresh", ({ detail }) => {
    const fresh = new Map(all("[data-queue] tbody tr", detail).map((row) => [named(row), row])), rows = all("tbody tr", queue);
    rows.forEach((row) => [...(fresh.get(named(row))?.cells ?? [])].slice(2).forEach((cell, i) => { row.cells[i + 2].innerHTML = cell.innerHTML; }));
    queue.querySelector("[data-changed]")?.toggleAttribute("hidden", rows.length === fresh.size && rows.every((row) => fresh.has(named(row))));
  });
});

// 9. A block with data-live="seconds" reads itself again from the same address, or from another (data-from), unless someone works in it.
all("[data-live]").forEach((block) => {
  const read = async () => {
    if (document.hidden || block.contains(document.activeElement) || block.querySelector(":checked")) return;
    const page = await fetch(block.dataset.from || location.href, { headers: { Accept: "text/html" } }).then((answer) => (answer.ok ? answer.text() : ""), () => "");
    const whole = new DOMParser().parseFromString(page, "text/html"), fresh = whole.getElementById(block.id);
    if (fresh) document.dispatchEvent(new CustomEvent("fresh", { detail: whole }));
    if (fresh && fresh.innerHTML !== block.innerHTML) block.replaceChildren(...fresh.childNodes);
  };
  setInterval(read, block.dataset.live * 1000);
  document.addEventListener("saved", read);
});

// 10. A text with data-check is looked at a moment after typing stops; a fault that is chosen leads to its line.
all("textarea[data-check]").forEach((text) => {
  const status = document.querySelector("[data-check-status]"), report = document.querySelector("[data-check-report]");
  let turn = 0;
  text.addEventListener("input", calm(900, async () => {
    const mine = ++turn;
    status.textContent = status.dataset.busy;
    try {
      const answer = await fetch(text.dataset.check, { method: "POST", body: answers(text.form) });
      if (!answer.ok) throw answer;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine !== turn) return;
      report.replaceChildren(...fresh.body.childNodes);
      status.textContent = report.querySelector("h2").textContent;
    } catch { if (mine === turn) status.textContent = status.dataset.failed; }
  }));
  document.addEventListener("click", (event) => {
    const place = event.target.closest?.("[data-line]")?.dataset;
    if (!place) return;
    event.preventDefault();
    const lines = text.value.split("\n"), row = place.line - 1;
    const at = lines.slice(0, row).reduce((sum, line) => sum + line.length + 1, 0) + (place.column - 1);
    text.focus();
    text.setSelectionRange(at, at);
    text.scrollTop = (text.scrollHeight / lines.length) * Math.max(0, row - 8);
  });
});
