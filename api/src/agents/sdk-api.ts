import { GraphProtocolError } from './graph-errors.ts';
import type { GraphOperation } from './graph-operation.ts';
import type { GraphTransport } from './graph-transport.ts';

type Sdk = typeof import('facebook-nodejs-business-sdk');
type SdkApi = InstanceType<Sdk['FacebookAdsApi']>;
type Params = Readonly<Record<string, unknown>>;

/** What an SDK object shows where a token is expected; the transport alone holds the real one. */
const NO_TOKEN = 'held-by-the-transport';

/** The SDK as one operation of one agent uses it. */
export interface OperationApi {
  /** The SDK's own api object, for the 4th argument of SDK objects. */
  api: SdkApi;
  AdAccount: Sdk['AdAccount'];
}

/**
 * An SDK api bound to an agent's transport and to one operation. The SDK is loaded on first use:
 * it costs 100 ms and 27 MB, which tools that never call Graph must not pay.
 */
export async function createOperationApi(
  transport: GraphTransport,
  operation: GraphOperation,
): Promise<OperationApi> {
  const { AdAccount, TransportApi } = await sdk();
  return { AdAccount, api: new TransportApi(transport, operation) };
}

/** Waits for the SDK alone, so that loading it is not taken for Graph's time. */
export async function sdkLoaded(): Promise<void> {
  await sdk();
}

/** Loads the SDK while nothing waits for it, so that the first operation finds it there. */
export function preloadSdk(): void {
  // Who needs it is told of a failure.
  setImmediate(() => void sdk().catch(() => undefined));
}

let loading: ReturnType<typeof loadSdk> | undefined;

function sdk() {
  loading ??= loadSdk();
  return loading;
}

async function loadSdk() {
  const { AdAccount, FacebookAdsApi } = await import('facebook-nodejs-business-sdk');

  class TransportApi extends FacebookAdsApi {
    readonly #transport: GraphTransport;
    readonly #operation: GraphOperation;

    constructor(transport: GraphTransport, operation: GraphOperation) {
      // Without the last `false` the SDK reports every uncaught exception, token included.
      super(NO_TOKEN, 'en_US', false);
      this.#transport = transport;
      this.#operation = operation;
    }

    override async call<T>(method: string, path: string | string[], params: Params = {}): Promise<T> {
      // A ready-made URL is Graph's own paging link: it holds the token and may lead anywhere.
      if (!Array.isArray(path)) throw new GraphProtocolError({ reason: 'absolute-url' });
      if (method !== 'GET' && method !== 'POST') throw new GraphProtocolError({ reason: 'method' });
      return (await this.#transport.request({ method, path, params }, this.#operation)) as T;
    }

    override async getAppID(): Promise<unknown> {
      return { data: await this.#transport.inspectToken(this.#operation) };
    }
  }

  return { AdAccount, TransportApi };
}
