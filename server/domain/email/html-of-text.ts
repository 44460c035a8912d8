const address = /\bhttps?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}']/g;

/** Plain words as HTML: their line breaks, and web addresses as links. */
export function htmlOfText(text: string): string {
  let html = "";
  let end = 0;
  for (const match of text.matchAll(address)) {
    const url = escapeHtml(match[0]);
    html += `${escapeHtml(text.slice(end, match.index))}<a href="${url}">${url}</a>`;
    end = match.index + match[0].length;
  }
  return (html + escapeHtml(text.slice(end))).replace(/\r?\n/g, "<br>\n");
}

export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
