import { FacebookAdsAgent } from '../agents/facebook-ads-agent.ts';

let client: FacebookAdsAgent | undefined;

function getClient(): FacebookAdsAgent {
  if (!client) {
    client = new FacebookAdsAgent();
  }
  return client;
}

class Clients {
  private static instance: FacebookAdsAgent | null = null;

  static getInstance(): FacebookAdsAgent {
    return (Clients.instance ??= new FacebookAdsAgent());
  }

  static shortName(): string {
    return 'clients';
  }
}

// The one of the jobs.
let ofJobs: FacebookAdsAgent | undefined;

export async function getOfJobs(): Promise<FacebookAdsAgent> {
  if (ofJobs) return ofJobs;
  ofJobs = new FacebookAdsAgent();
  return ofJobs;
}

export async function campaigns() {
  const agent = getClient();
  return agent.getCampaigns();
}

export async function names() {
  return [Clients.shortName(), await Clients.getInstance().getCampaigns()];
}
