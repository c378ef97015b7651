export interface Campaign {
  id: string;
  spend: number;
}

export class FacebookAdsAgent {
  accountId = 'act_1';
  readonly settings: { version: string } = { version: 'v24.0' };

  constructor(_settings?: { accountId: string }) {}

  async getCampaigns(_status?: string, _limit?: number): Promise<Campaign[]> {
    return [];
  }

  async getCampaign(id: string): Promise<Campaign> {
    return { id, spend: 0 };
  }

  shortName(): string {
    return this.accountId;
  }

  setAccount(accountId: string): void {
    this.accountId = accountId;
  }

  async close(): Promise<void> {}
}

export default FacebookAdsAgent;
