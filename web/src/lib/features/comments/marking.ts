/** What a person has marked on the page inside one field shown as text; null when nothing, or more than one field. */
export function markedOnPage(): { path: string; quote: string } | null {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const field = (node: Node | null): HTMLElement | null =>
    (node instanceof HTMLElement ? node : (node?.parentElement ?? null))?.closest<HTMLElement>('[data-path]') ?? null;
  const [from, to] = [field(selection.anchorNode), field(selection.focusNode)];
  const path = from?.dataset['path'];
  const quote = selection.toString().trim();
  return from !== null && from === to && path !== undefined && quote !== '' ? { path, quote } : null;
}
