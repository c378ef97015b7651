import { userOf } from '../access.ts';
import type { Call } from '../call.ts';
import { selectFields } from '../fields.ts';
import { accountNode } from '../nodes.ts';
import { edgePage } from './edge-page.ts';

export function readMe(call: Call): unknown {
  const user = userOf(call);
  const node = { id: user.userId, name: `Stand-in user ${user.tenant.id}` };
  return selectFields(node, call.params.get('fields'), 'User', ['id', 'name']);
}

export function listMyAccounts(call: Call): unknown {
  const owned = call.world.data.accounts.filter(({ id }) => userOf(call).accountIds.has(id));
  const nodes = owned.map((account) => accountNode(account, call.world.now()));
  return edgePage(call, nodes, 'AdAccount', ['id', 'account_id']);
}
