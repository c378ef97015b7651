import type { Format } from './format.ts';
import type { Renderer } from './presentation.ts';

/** Loads the renderer of a format; a run needs one of them. */
const LOADERS: Readonly<Record<Format, () => Promise<Renderer>>> = {
  text: async () => (await import('./text.ts')).renderText,
  json: async () => (await import('./json.ts')).renderJson,
  markdown: async () => (await import('./markdown.ts')).renderMarkdown,
  github: async () => (await import('./github.ts')).renderGithub,
  junit: async () => (await import('./junit.ts')).renderJunit,
  html: async () => (await import('./html.ts')).renderHtml,
  badge: async () => (await import('./badge.ts')).renderBadge,
  sarif: async () => (await import('./sarif.ts')).renderSarif,
};

/** The renderer of a format. */
export function rendererOf(format: Format): Promise<Renderer> {
  return LOADERS[format]();
}
