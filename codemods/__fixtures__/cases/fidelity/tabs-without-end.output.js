import { getFacebookAgent } from "../utils/agent-cache.ts";


export async function main() {
	const agent = await getFacebookAgent();
		return agent . getCampaigns()
}