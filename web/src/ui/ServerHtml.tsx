/** HTML that the server rendered from Markdown and cleaned; nothing else may come here. */
export function ServerHtml({ html }: { html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: rendered and cleaned once, in Rust
  return <div className="prose" dangerouslySetInnerHTML={{ __html: html }} />;
}
