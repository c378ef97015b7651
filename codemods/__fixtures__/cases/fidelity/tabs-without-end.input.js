import { FacebookAdsAgent } from "../agents/facebook-ads-agent.ts" with { kept: "1" };


export async function main() {
	const agent = new FacebookAdsAgent();
		return agent . getCampaigns()
}