export class FacebookAdsAgent {
  run(): void {}
}

export function run(): void {
  const agent = new FacebookAdsAgent();
  agent.run();
}
