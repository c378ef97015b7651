#!/usr/bin/env node
/*
 * Copyright the authors.
 * @license MIT
 */
'use strict';

// The agent first.
import { getFacebookAgent } from '../utils/agent-cache.ts'; // heavy

// Not of the factory.

export async function main( ) {
	const agent   =   await getFacebookAgent()  ; // kept
  return [ agent.getCampaigns(), (  await getFacebookAgent() ).getCampaigns( ) ]
}
