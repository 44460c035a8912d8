/** The few lines of HTML that put a form onto another page. */
export function embedSnippet({ url, name }: { url: string; name: string }): string {
  return `<iframe src="${escaped(url)}" title="${escaped(name)}" loading="lazy"
  style="width: 100%; height: 720px; border: 0"></iframe>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
