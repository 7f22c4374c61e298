/* Turns each text area with data-rich-text into an editor with a toolbar of plain buttons.

The address of the library stands in the attribute: no import map, so nothing inline. What leaves
the editor is cleaned again on the server. Escape leaves the text for the toolbar, where arrow keys
move between the buttons, so that Tab always leads on. */

const WORDS = {
  "Edit Link": "Länk", "URL": "Adress", "Title": "Titel", "Update": "Spara", "Insert": "Infoga",
  "Cancel": "Avbryt", "Table Properties": "Ny tabell", "Insert Table": "Infoga tabellen",
};
const areas = [...document.querySelectorAll("textarea[data-rich-text]")];

if (areas.length) {
  const gettext = window.gettext;
  window.gettext = (text) => WORDS[text] ?? (gettext ? gettext(text) : text);
  const library = await import(areas[0].dataset.richText);
  areas.filter((area) => !area.id.includes("__prefix__")).forEach((area) => edit(library, area));
}

/* Attributes that the library's table and pictures lack. */
function extensions(lib) {
  const Table = lib.Table.extend({
    addAttributes() {
      return { ...this.parent?.(), caption: {
        default: "",
        parseHTML: (table) => table.querySelector("caption")?.textContent.trim() ?? "",
        renderHTML: () => ({}),
      } };
    },
    renderHTML({ node }) {
      const caption = node.attrs.caption ? [["caption", {}, node.attrs.caption]] : [];
      return ["table", {}, ...caption, ["tbody", 0]];
    },
    addNodeView() {
      return ({ node }) => {
        const dom = document.createElement("table");
        const caption = dom.createCaption();
        const contentDOM = dom.createTBody();
        const show = (it) => { caption.textContent = it.attrs.caption; caption.contentEditable = "false"; };
        show(node);
        return { dom, contentDOM, ignoreMutation: (change) => change.type !== "selection" && !contentDOM.contains(change.target),
          update: (it) => it.type === node.type && (show(it), true) };
      };
    },
  }).configure({ resizable: false });
  const scope = { addAttributes() {
    return { ...this.parent?.(), scope: { default: null, parseHTML: (cell) => cell.getAttribute("scope") } };
  } };
  const Picture = lib.Image.configure({ inline: false });
  return [
    lib.Document, lib.Paragraph, lib.Text, lib.HardBreak, lib.Bold, lib.Italic, lib.Blockquote,
    lib.Heading.configure({ levels: [2, 3, 4] }), lib.BulletList, lib.OrderedList, lib.ListItem,
    lib.Link.configure({ enableTarget: false, autolink: false, openOnClick: false }),
    Table, lib.TableRow, lib.TableHeader.extend(scope), lib.TableCell,
    Picture, lib.Caption.extend({ group: "captions" }),
    lib.Node.create({
      name: "figure", group: "block", content: "image caption?", isolating: true,
      parseHTML: () => [{ tag: "figure" }], renderHTML: () => ["figure", 0],
    }),
    lib.History, lib.Gapcursor,
  ];
}

/* What Word and its like mean: list items are paragraphs of a class there, with a sign before.
   Styles and handlers get other names before anything is parsed, and no picture of others is asked
   for. */
function asWritten(html) {
  const plain = html
    .replace(/<(style|script|xml|title)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/([\s"'/])(style|on[a-z]+)(?=\s*=)/gi, "$1data-$2"));
  const page = new DOMParser().parseFromString(plain, "text/html");
  page.querySelectorAll("style, script, xml, title, base, link, meta, template, svg, math, iframe, object, embed").forEach((node) => node.remove());
  page.querySelectorAll("img").forEach((picture) => { if (!/^\/(media|static)\/(?!.*\.\.)/.test(picture.getAttribute("src") ?? "")) picture.remove(); });
  page.querySelectorAll("h1").forEach((heading) => rename(heading, "h2"));
  page.querySelectorAll("h5, h6").forEach((heading) => rename(heading, "h4"));
  styledAsMeant(page);
  page.querySelectorAll("p[class*='MsoList']").forEach((line) => {
    const sign = [...line.querySelectorAll("span")].find((span) => /mso-list:\s*ignore/i.test(span.dataset.style ?? ""));
    const kind = /^\s*\(?[0-9a-z]+[.)]/i.test(sign?.textContent ?? "") ? "ol" : "ul";
    sign?.remove();
    const level = Number(/\blevel([1-9])/.exec(line.dataset.style ?? "")?.[1] ?? 1);
    const list = listBefore(line, kind, level);
    const item = page.createElement("li");
    item.append(...line.childNodes);
    list.append(item);
    line.remove();
  });
  page.querySelectorAll("table:not(:has(th))").forEach((table) => [...table.rows[0]?.cells ?? []].forEach((cell) => rename(cell, "th")));
  page.querySelectorAll("body > br").forEach((end) => { if (![end.previousSibling, end.nextSibling].some(isWords)) end.remove(); });
  page.querySelectorAll("p").forEach((line) => { if (!line.textContent.trim() && !line.querySelector("img")) line.remove(); });
  return page.body.innerHTML.replaceAll("&nbsp;", " ");
}

/* The list that goes on above a line, at its level; a new one where there is none. */
function listBefore(line, kind, level) {
  const made = () => Object.assign(line.ownerDocument.createElement(kind), { className: "pasted" });
  const isList = (node, of = "ul, ol") => node?.matches(`.pasted:is(${of})`);
  if (!isList(line.previousElementSibling, level === 1 ? kind : undefined)) line.before(made());
  let list = line.previousElementSibling;
  for (let depth = 1; depth < level && list.lastElementChild; depth += 1) {
    const item = list.lastElementChild;
    if (!isList(item.lastElementChild)) item.append(made());
    list = item.lastElementChild;
  }
  return list;
}

/* Google's documents and Word on the web say bold and italic by style; the former put all they copy
   in a <b> that is not bold. */
function styledAsMeant(page) {
  page.querySelectorAll("b[data-style], strong[data-style]").forEach((bold) => {
    if (/(^|[;\s])font-weight:\s*(normal|[1-5]00)/i.test(bold.dataset.style)) bold.replaceWith(...bold.childNodes);
  });
  page.querySelectorAll("span[data-style]").forEach((span) => {
    if (span.closest("h1, h2, h3, h4")) return;
    const styles = span.dataset.style;
    if (/(^|[;\s])font-style:\s*italic/i.test(styles)) wrap(span, "em");
    if (/(^|[;\s])font-weight:\s*(bold|[6-9]00)/i.test(styles)) wrap(span, "strong");
  });
}

function isWords(node) {
  return Boolean(node?.textContent.trim()) && !/^(P|H[2-4]|[UO]L|TABLE|DIV)$/.test(node.nodeName);
}

function wrap(node, tag) {
  const outer = node.ownerDocument.createElement(tag);
  outer.append(...node.childNodes);
  node.append(outer);
}

function rename(node, tag) {
  const other = node.ownerDocument.createElement(tag);
  other.append(...node.childNodes);
  for (const name of ["colspan", "rowspan"]) if (node.hasAttribute(name)) other.setAttribute(name, node.getAttribute(name));
  node.replaceWith(other);
}

function edit(lib, area) {
  const label = document.querySelector(`label[for="${area.id}"]`);
  const name = label?.textContent.trim().replace(/:$/, "") ?? "";
  const element = document.createElement("div");
  element.className = "rich-text prose-editor";
  area.before(element);
  area.hidden = true;
  const editor = new lib.Editor({
    element,
    injectCSS: false,
    extensions: extensions(lib),
    content: area.value,
    onUpdate: () => { area.value = editor.isEmpty ? "" : editor.getHTML(); },
    editorProps: { transformPastedHTML: asWritten, attributes: {
      "aria-label": name, "aria-multiline": "true", role: "textbox", lang: "sv",
      ...(area.getAttribute("aria-describedby") && { "aria-describedby": area.getAttribute("aria-describedby") }),
      ...(area.getAttribute("aria-invalid") && { "aria-invalid": "true" }),
    } },
  });
  const bar = toolbar(lib, editor, name);
  element.prepend(bar);
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && editor.view.dom.contains(event.target)) bar.querySelector("button[tabindex='0']").focus();
  });
  label?.addEventListener("click", () => editor.commands.focus());
}

/* Each button: its words, what it does, and when it is pressed; for tables, only inside one. */
function buttons(lib, editor) {
  const run = (command, ...values) => () => editor.chain().focus()[command](...values).run();
  const ask = async (title, fields, values) => await lib.updateAttrsDialog(fields, { title, submitText: "Spara" })(editor, values);
  return [
    ["Rubrik", run("toggleHeading", { level: 2 }), ["heading", { level: 2 }]],
    ["Underrubrik", run("toggleHeading", { level: 3 }), ["heading", { level: 3 }]],
    ["Liten rubrik", run("toggleHeading", { level: 4 }), ["heading", { level: 4 }]],
    ["Fet", run("toggleBold"), ["bold"]],
    ["Kursiv", run("toggleItalic"), ["italic"]],
    ["Punktlista", run("toggleBulletList"), ["bulletList"]],
    ["Numrerad lista", run("toggleOrderedList"), ["orderedList"]],
    ["Citat", run("toggleBlockquote"), ["blockquote"]],
    ["Länk", async () => {
      const said = await ask("Länk", { href: { title: "Adress (tomt tar bort länken)" } }, editor.getAttributes("link"));
      if (!said) return;
      const chain = editor.chain().focus().extendMarkRange("link");
      if (!said.href.trim()) chain.unsetLink().run();
      else if (editor.state.selection.empty && !editor.isActive("link")) chain.insertContent({ type: "text", text: said.href.trim(), marks: [{ type: "link", attrs: { href: said.href.trim() } }] }).run();
      else chain.setLink({ href: said.href.trim() }).run();
    }, ["link"]],
    ["Bild", async () => {
      const said = await ask("Bild", {
        src: { title: "Bildens adress på portalen (/media/…, under Bilder till texten)", required: true },
        alt: { title: "Beskrivning för den som inte ser bilden", required: true },
        caption: { title: "Bildtext, om det behövs" },
      }, editor.getAttributes("image"));
      if (!said) return;
      const picture = { type: "image", attrs: { src: said.src.trim(), alt: said.alt.trim() } };
      const caption = said.caption.trim() ? [{ type: "caption", content: [{ type: "text", text: said.caption.trim() }] }] : [];
      editor.chain().focus().insertContent({ type: "figure", content: [picture, ...caption] }).run();
    }, ["figure"]],
    ["Tabell", async () => {
      const said = await ask("Ny tabell", {
        caption: { title: "Tabellens rubrik", required: true },
        rows: { title: "Rader", format: "number", min: "2", max: "50" },
        cols: { title: "Kolumner", format: "number", min: "2", max: "10" },
      }, { rows: "3", cols: "2" });
      if (!said) return;
      editor.chain().focus().insertTable({ rows: Number(said.rows) || 3, cols: Number(said.cols) || 2, withHeaderRow: true })
        .updateAttributes("table", { caption: said.caption.trim() }).run();
    }, ["table"]],
    ["Tabellens rubrik", async () => {
      const said = await ask("Tabellens rubrik", { caption: { title: "Rubrik", required: true } }, editor.getAttributes("table"));
      if (said) editor.chain().focus().updateAttributes("table", { caption: said.caption.trim() }).run();
    }, null, "table"],
    ["Ny rad", run("addRowAfter"), null, "table"],
    ["Ny kolumn", run("addColumnAfter"), null, "table"],
    ["Ta bort raden", run("deleteRow"), null, "table"],
    ["Ta bort kolumnen", run("deleteColumn"), null, "table"],
    ["Rubrikcell", run("toggleHeaderCell"), ["tableHeader"], "table"],
    ["Ta bort tabellen", run("deleteTable"), null, "table"],
    ["Ångra", run("undo")],
    ["Gör om", run("redo")],
  ];
}

function toolbar(lib, editor, name) {
  const bar = document.createElement("div");
  bar.className = "rich-text__bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", `Verktyg: ${name}`);
  const made = buttons(lib, editor).map(([words, act, active, inside]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.tabIndex = -1;
    button.addEventListener("click", act);
    bar.append(button);
    return { button, active, inside };
  });
  made[0].button.tabIndex = 0;
  const refresh = () => made.forEach(({ button, active, inside }) => {
    if (active) button.setAttribute("aria-pressed", String(editor.isActive(...active)));
    if (inside) button.hidden = !editor.isActive(inside);
  });
  editor.on("transaction", refresh);
  refresh();
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const seen = made.map(({ button }) => button).filter((button) => !button.hidden);
    const next = seen[(seen.indexOf(document.activeElement) + step + seen.length) % seen.length];
    made.forEach(({ button }) => { button.tabIndex = button === next ? 0 : -1; });
    next.focus();
    event.preventDefault();
  });
  return bar;
}
