import type { IOptions } from "sanitize-html";

export type Images = "blocked" | "shown";

/** The cleaning itself; `sanitiseMail` decides where it runs. */
export async function cleanHtml(html: string, images: Images): Promise<string> {
  const { default: sanitizeHtml } = await import("sanitize-html");
  return sanitizeHtml(html, {
    ...rules,
    transformTags: {
      a: (_tag, attribs) => ({ tagName: "a", attribs: { ...only(attribs, ["href", "title"]), ...opensElsewhere } }),
      img: (_tag, attribs) => pictureOf(attribs, images),
      body: "div",
      center: "div",
    },
  });
}

const opensElsewhere = { rel: "noopener noreferrer nofollow", target: "_blank" };

function pictureOf(attribs: Record<string, string>, images: Images) {
  const { src = "", alt = "" } = attribs;
  const isOwn = /^data:image\/(png|jpe?g|gif|webp);base64,[a-z0-9+/=\s]+$/i.test(src);
  // What came along is named by cid: and put there by whoever shows it.
  if (isOwn || (images === "shown" && /^(https:\/\/|cid:)/i.test(src)))
    return {
      tagName: "img",
      attribs: { ...only(attribs, ["width", "height", "style"]), src, alt, referrerpolicy: "no-referrer" },
    };
  // The pixel that only counts deserves no mention.
  const isPixel = /^[01](px)?$/.test(attribs.width ?? "") || /^[01](px)?$/.test(attribs.height ?? "");
  return { tagName: "span", attribs: {}, text: isPixel ? "" : `[${alt === "" ? "picture" : alt.slice(0, 100)}]` };
}

function only(attribs: Record<string, string>, names: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(attribs).filter(([name]) => names.includes(name)));
}

const size = [/^\d{1,4}(\.\d+)?(px|pt|em|rem|%)?$/, /^auto$/];
const sizes = [/^(\d{1,4}(\.\d+)?(px|pt|em|rem|%)?|auto)( (\d{1,4}(\.\d+)?(px|pt|em|rem|%)?|auto)){0,3}$/];
const colour = [/^#[0-9a-f]{3,8}$/i, /^rgba?\([\d.,\s%]{1,40}\)$/i, /^[a-z]{3,20}$/i];
const border = [/^[\w\s.#(),%-]{1,60}$/];

// Nothing that takes a url(), leaves its place or covers others.
const styles: NonNullable<IOptions["allowedStyles"]>[string] = {
  color: colour,
  "background-color": colour,
  "text-align": [/^(left|right|center|justify)$/],
  "text-decoration": [/^(underline|line-through|none)$/],
  "font-family": [/^[\w\s,'"-]{1,200}$/],
  "font-size": [...size, /^(x{0,2}-?(small|large)|medium|smaller|larger)$/],
  "font-style": [/^(italic|normal|oblique)$/],
  "font-weight": [/^(bold|bolder|lighter|normal|\d{3})$/],
  "line-height": size,
  "vertical-align": [/^(top|middle|bottom|baseline)$/],
  width: size,
  "max-width": size,
  height: size,
  padding: sizes,
  margin: sizes,
  border,
  "border-top": border,
  "border-bottom": border,
  "border-left": border,
  "border-right": border,
  "border-collapse": [/^(collapse|separate)$/],
};

const cell = ["align", "valign", "width", "height", "colspan", "rowspan", "style"];

const rules: IOptions = {
  allowedTags: (
    "a abbr b blockquote br code col colgroup dd div dl dt em font h1 h2 h3 h4 h5 h6 hr i img li ol p pre q s small span strike strong sub " +
    "sup table tbody td tfoot th thead tr u ul"
  ).split(" "),
  allowedAttributes: {
    "*": ["style", "dir", "lang", "align"],
    a: ["href", "title", "rel", "target"],
    img: ["src", "alt", "width", "height", "style", "referrerpolicy"],
    table: ["width", "align", "cellpadding", "cellspacing", "border", "style"],
    td: cell,
    th: cell,
    font: ["color", "size", "face"],
    ol: ["start", "type"],
  },
  allowedStyles: { "*": styles },
  allowedSchemes: ["http", "https", "mailto", "tel"],
  allowedSchemesByTag: { img: ["https", "data", "cid"] },
  allowProtocolRelative: false,
  nonTextTags: ["script", "style", "textarea", "option", "noscript", "title", "template", "svg", "math", "head"],
  nestingLimit: 120,
};
