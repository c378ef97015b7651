interface Scores {
  campaigns: { name: string; score: number | null; rating: string | null }[];
}

interface Suggestions {
  suggestions: { name: string; reason: string }[];
}

/**
 * Has the running API say which campaign does worst, and keeps a suggestion for it, so that there is something to see.
 * @param token a user's bearer token
 */
export async function tellStory(url: string, token: string): Promise<string[]> {
  const ask = async <T>(method: string, path: string): Promise<T> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
    });
    return (await response.json()) as T;
  };
  const { campaigns } = await ask<Scores>('GET', '/analytics/performance');
  const worst = campaigns.filter(({ score }) => score !== null).at(-1);
  const { suggestions } = await ask<Suggestions>('POST', '/automation/pause-underperforming');
  const advice = suggestions.find(({ name }) => name === worst?.name) ?? suggestions[0];
  return [
    ...(worst ? [`  a poor campaign    ${worst.name}: ${worst.score} of 100 (${worst.rating})`] : []),
    ...(advice ? [`  a suggestion       pause ${advice.name}: ${advice.reason}`] : []),
  ];
}
