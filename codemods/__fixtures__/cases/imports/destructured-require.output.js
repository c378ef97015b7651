'use strict';

const express = require('express');
const { getFacebookAgent } = require('../utils/agent-cache');

const router = express.Router();

router.get('/', async (req, res) => {
  const agent = await getFacebookAgent();
  res.json(await agent.getCampaigns());
});

module.exports = router;
