import type { Tree } from '../support/tree.ts';

const MAIN = `'use strict';

const { Router } = require('express');
const makeAgent = require('../lib/make');
const { buildAgent, late: lateAgent } = require('../lib/named');
const named = require('../lib/named');
const short = require('../lib/named').buildAgent;

const router = Router();

router.get('/whole', async (_req, res) => {
  const agent = makeAgent();
  res.json(await agent.getCampaigns());
});

router.get('/named', async (_req, res) => {
  const agent = buildAgent();
  const late = await lateAgent();
  res.json([await agent.getCampaigns(), await late.getCampaign('1')]);
});

router.get('/namespace', async (_req, res) => {
  const agent = named.buildAgent();
  res.json(await agent.getCampaigns());
});

router.get('/short', async (_req, res) => {
  res.json(await short().getCampaigns());
});

module.exports = { router };
`;

/** Factories of CommonJS that other files require. */
export const commonJsTrees: readonly Tree[] = [
  {
    name: 'exports of CommonJS',
    flavour: 'cjs',
    files: {
      'lib/make.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');

module.exports = () => new FacebookAdsAgent();
`,
      'lib/named.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');

exports.buildAgent = function () {
  return new FacebookAdsAgent();
};

exports.late = async () => new FacebookAdsAgent();
`,
      'routes/main.js': MAIN,
    },
  },
  {
    name: 'a barrel of CommonJS with the class',
    flavour: 'cjs',
    untouched: ['agents/index.js'],
    files: {
      'agents/index.js': `const { FacebookAdsAgent } = require('./facebook-ads-agent');

module.exports = { FacebookAdsAgent, Agent: FacebookAdsAgent };
`,
      'routes/main.js': `const { Router } = require('express');
const { FacebookAdsAgent } = require('../agents');
const agents = require('../agents');

const router = Router();

router.get('/named', async (_req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});

router.get('/member', async (_req, res) => {
  const agent = new agents.Agent();
  res.json(await agent.getCampaigns());
});

module.exports = { router };
`,
    },
  },
  {
    name: 'what modules of CommonJS export and use themselves',
    flavour: 'cjs',
    files: {
      'services/accounts.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');

module.exports = {
  make() {
    return new FacebookAdsAgent();
  },
  guarded() {
    try {
      return new FacebookAdsAgent();
    } catch (error) {
      throw Object.assign(new Error('Facebook API unavailable', { cause: error }), {
        status: 503,
      });
    }
  },
  arrow: () => new FacebookAdsAgent(),
  async list() {
    const agent = this.make();
    return agent.getCampaigns();
  },
  async show(id) {
    const agent = module.exports.guarded();
    return agent.getCampaign(id);
  },
  async account() {
    return this.arrow().whoAmI();
  },
};
`,
      'services/campaigns.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');
const self = module.exports;

function build() {
  return new FacebookAdsAgent();
}

exports.make = function make() {
  return new FacebookAdsAgent();
};
exports.build = build;

exports.list = async function () {
  const agent = exports.make();
  return agent.getCampaigns();
};
exports.show = async function (id) {
  const agent = this.make();
  return agent.getCampaign(id);
};
module.exports.account = async () => self.build().whoAmI();
`,
      'services/service.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');

const service = {
  make() {
    return new FacebookAdsAgent();
  },
};

module.exports = service;
exports.unused = 1;
module.exports.list = async () => module.exports.make().getCampaigns();
module.exports.alias = service.make;
`,
      'services/named.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');

const service = (module.exports = {
  make: () => new FacebookAdsAgent(),
  async list() {
    return service.make().getCampaigns();
  },
});
`,
      'services/filled.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');

const service = (exports = module.exports = {});

module.exports.make = () => new FacebookAdsAgent();
exports.list = async () => service.make().getCampaigns();
`,
      'services/repository.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');

module.exports = class Repository {
  static open() {
    return new FacebookAdsAgent();
  }
  agent() {
    return new FacebookAdsAgent();
  }
  async list() {
    const agent = this.agent();
    return agent.getCampaigns();
  }
  static async account() {
    return Repository.open().whoAmI();
  }
};
`,
      'routes/main.js': `const { Router } = require('express');
const accounts = require('../services/accounts');
const campaigns = require('../services/campaigns');
const service = require('../services/service');
const Repository = require('../services/repository');
const named = require('../services/named');
const filled = require('../services/filled');

const router = Router();
const answer = (ask) => async (_req, res) => res.json(await ask());

router.get('/accounts', answer(() => accounts.list()));
router.get('/accounts/show', answer(() => accounts.show('1')));
router.get('/accounts/account', answer(() => accounts.account()));
router.get('/campaigns', answer(() => campaigns.list()));
router.get('/campaigns/show', answer(() => campaigns.show('2')));
router.get('/campaigns/account', answer(() => campaigns.account()));
router.get('/service', answer(() => service.list()));
router.get('/named', answer(() => named.list()));
router.get('/filled', answer(() => filled.list()));
router.get('/repository', answer(() => new Repository().list()));
router.get('/repository/account', answer(() => Repository.account()));

router.get('/made', async (_req, res) => {
  const agent = accounts.make();
  res.json(await agent.getCampaigns());
});

router.get('/alias', async (_req, res) => {
  const agent = service.alias();
  res.json(await agent.getCampaigns());
});

router.get('/open', async (_req, res) => {
  const agent = Repository.open();
  res.json(await agent.getCampaigns());
});

module.exports = { router };
`,
    },
  },
  {
    name: 'exports of CommonJS that go where nobody follows',
    flavour: 'cjs',
    files: {
      'agents/base.js': `exports.BaseAgent = class {
  calls = 0;
  async request(answer) {
    this.calls++;
    return answer;
  }
};
`,
      'agents/facebook-ads-agent.js': `const { BaseAgent } = require('./base');

const probe = globalThis.agentProbe;

exports.FacebookAdsAgent = class FacebookAdsAgent extends BaseAgent {
  constructor() {
    super();
    probe.constructed++;
    if (probe.failure === 'construct') throw new Error('No agent');
  }
  async connect() {
    if (probe.failure === 'connect') throw new Error('No connection');
  }
  async getCampaigns() {
    await this.connect();
    this.last = 'campaigns';
    return this.request([1, 2]);
  }
};
`,
      'services/passed.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');

exports.make = () => new FacebookAdsAgent(); // left: returned
exports.list = async () => listOf(exports);

function listOf(service) {
  return service.make().getCampaigns();
}
`,
      'services/picked.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');

module.exports = {
  make() {
    return new FacebookAdsAgent(); // left: member-used-elsewhere
  },
  async list() {
    const { make } = module.exports;
    return make().getCampaigns();
  },
};
`,
      'services/replaced.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');

exports.make = () => new FacebookAdsAgent(); // left: returned
exports.list = async () => exports.make().getCampaigns();
exports.replace = () => {
  exports.make = () => ({ getCampaigns: () => [] });
};
`,
      'services/elsewhere.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');

const known = {};
known.service = module.exports = {};
exports = module.exports;
exports.make = () => new FacebookAdsAgent(); // left: returned
exports.list = async () => known.service.make().getCampaigns();
`,
      'services/classes.js': `const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');

module.exports = class Repository {
  static open() {
    return new FacebookAdsAgent(); // left: member-used-elsewhere
  }
  static async list() {
    return open(Repository).getCampaigns();
  }
};

function open(opener) {
  return opener.open();
}
`,
      'routes/main.js': `const { Router } = require('express');
const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');
const passed = require('../services/passed');
const picked = require('../services/picked');
const replaced = require('../services/replaced');
const Repository = require('../services/classes');
const elsewhere = require('../services/elsewhere');

const router = Router();

router.get('/passed', async (_req, res) => res.json(await passed.list()));
router.get('/picked', async (_req, res) => res.json(await picked.list()));
router.get('/replaced', async (_req, res) => res.json(await replaced.list()));
router.get('/elsewhere', async (_req, res) => res.json(await elsewhere.list()));
router.get('/classes', async (_req, res) => res.json(await Repository.list()));

router.get('/calls', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-state-read
  await agent.getCampaigns();
  res.json(agent.calls);
});

router.get('/last', async (_req, res) => {
  const agent = new FacebookAdsAgent(); // left: agent-state-read
  await agent.getCampaigns();
  res.json(agent.last);
});

module.exports = { router };
`,
    },
  },
];
