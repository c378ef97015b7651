#!/usr/bin/env node
/*
 * Copyright the authors.
 * @license MIT
 */
'use strict';

// The agent first.
import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts'; // heavy

/* before */ const getAgent = () => new FacebookAdsAgent(); // one each

// Not of the factory.

// Of the factory.
const other = () => new FacebookAdsAgent();

export async function main( ) {
	const agent   =   getAgent( )  ; // kept
  return [ agent.getCampaigns(), (  other( ) ).getCampaigns( ) ]
}
