import type { Call } from '../call.ts';
import { selectFields } from '../fields.ts';
import { listParam } from '../params.ts';

type Node = Record<string, unknown>;

/** One page of an edge, cut before its nodes are narrowed to `fields`. */
export function edgePage(call: Call, nodes: readonly Node[], type: string, defaults?: readonly string[]) {
  const fields = call.params.get('fields');
  const { data, paging } = call.world.pager.page(nodes, {
    edge: call.edge,
    params: call.params,
    token: call.token.value,
  });
  const wantsTotal = listParam(call.params, 'summary')?.some((name) =>
    ['true', 'total_count'].includes(name),
  );
  return {
    data: data.map((node) => selectFields(node, fields, type, defaults)),
    ...(paging === undefined ? {} : { paging }),
    ...(wantsTotal ? { summary: { total_count: nodes.length } } : {}),
  };
}
