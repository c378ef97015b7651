import type { Definition, ListItem, Nodes, Root } from 'mdast';
import { SKIP, visit } from 'unist-util-visit';
import { readCheckComments } from './check-comment.ts';
import type { CheckComment } from './guide-item.ts';
import { isRemoval } from './removal.ts';
import {
  type Bases,
  distinctPaths,
  folderNamed,
  pathsInWords,
  readLink,
  readSpan,
  withoutFormer,
  withoutProse,
} from './item-path.ts';

/** A task as it stands in a piece of the guide; offsets count from the start of the piece. */
export interface RawItem {
  text: string;
  offset: number;
  ticked: boolean;
  tickOffset: number;
  paths: string[];
  isRemoval: boolean;
  checks: CheckComment[];
}

export interface RawGuide {
  items: RawItem[];
  strayChecks: number[];
}

/** Finds the tasks in a parsed piece of the guide; nested tasks are items of their own. */
export function collectItems(tree: Root, source: string, bases: Bases): RawGuide {
  const links = collectDefinitions(tree);
  const items: RawItem[] = [];
  const strayChecks: number[] = [];
  const owned = new Set<Nodes>();
  const sections = new Map<Nodes, string>();
  const headings: { depth: number; section: string | undefined }[] = [];
  visit(tree, (node) => {
    if (node.type === 'heading') {
      while ((headings.at(-1)?.depth ?? 0) >= node.depth) headings.pop();
      const section = headings.at(-1)?.section;
      headings.push({
        depth: node.depth,
        section: folderNamed(namesIn(node), { ...bases, section }) ?? section,
      });
    }
    if (node.type !== 'listItem') return;
    const own = { ...bases, section: sections.get(node) ?? headings.at(-1)?.section };
    const [words] = node.children;
    const below = words?.type === 'paragraph' ? folderNamed(namesIn(words), own) : undefined;
    if (below !== undefined) visit(node, 'listItem', (inner) => void sections.set(inner, below));
    if (typeof node.checked === 'boolean') items.push(readItem(node, source, own, links, owned));
  });
  visit(tree, (node) => {
    if (node.type === 'html' && !owned.has(node) && readCheckComments(node.value).length > 0) {
      strayChecks.push(node.position?.start.offset ?? 0);
    }
  });
  return { items, strayChecks };
}

function collectDefinitions(tree: Root): Map<string, Definition> {
  const found = new Map<string, Definition>();
  visit(tree, 'definition', (node) => {
    if (!found.has(node.identifier)) found.set(node.identifier, node);
  });
  return found;
}

/** @param owned takes the comments that belong to the item */
function readItem(
  item: ListItem,
  source: string,
  bases: Bases,
  links: Map<string, Definition>,
  owned: Set<Nodes>,
): RawItem {
  const offset = item.position?.start.offset ?? 0;
  const paths: string[] = [];
  const checks: CheckComment[] = [];
  const words: string[] = [];
  let isStruck = false;
  visit(item, (node: Nodes) => {
    // A nested list has tasks of its own, and a fence shows an example.
    if (node.type === 'list' || node.type === 'code') return SKIP;
    // What is struck out is withdrawn; a file that still builds an agent is found without it.
    if (node.type === 'delete') {
      isStruck = true;
      return SKIP;
    }
    if (node.type === 'html') {
      owned.add(node);
      checks.push(...readCheckComments(node.value));
    }
    if (node.type === 'text') words.push(node.value);
    if (node.type === 'inlineCode') {
      words.push(node.value);
      paths.push(...keep(readSpan(node.value, bases)));
    }
    if (node.type === 'link' || node.type === 'linkReference') {
      const url = node.type === 'link' ? node.url : links.get(node.identifier)?.url;
      const target = url === undefined ? undefined : readLink(url, bases);
      if (target === undefined) return undefined;
      paths.push(target);
      words.push(textOf(node));
      return SKIP;
    }
    return undefined;
  });
  const text = words.join('').replace(/\s+/g, ' ').trim();
  const named = paths.length > 0 || checks.length > 0 || isStruck ? paths : pathsInWords(text, bases);
  const kept = withoutProse([...withoutFormer(distinctPaths(named), text, bases)], bases);
  return {
    text,
    isRemoval: isRemoval(text, kept),
    offset,
    ticked: item.checked === true,
    tickOffset: findTick(item, source),
    paths: kept,
    checks,
  };
}

/** All that a heading says, and each of its words that may be a folder by itself. */
function namesIn(parent: Nodes): string[] {
  const names: string[] = [];
  visit(parent, (node) => {
    if (node.type === 'inlineCode') names.push(node.value);
    if (node.type === 'text') names.push(...node.value.split(/[\s()]+/).filter((word) => word.includes('/')));
  });
  return [textOf(parent), ...names];
}

function textOf(parent: Nodes): string {
  let text = '';
  visit(parent, (node) => {
    if (node.type === 'text' || node.type === 'inlineCode') text += node.value;
  });
  return text;
}

/** Between an item's marker and its checkbox stands nothing but white space. */
function findTick(item: ListItem, source: string): number {
  return source.indexOf('[', item.position?.start.offset ?? 0) + 1;
}

function keep(path: string | undefined): string[] {
  return path === undefined ? [] : [path];
}
