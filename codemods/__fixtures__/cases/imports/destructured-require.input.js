'use strict';

const express = require('express');
const { FacebookAdsAgent } = require('../agents/facebook-ads-agent');

const router = express.Router();

router.get('/', async (req, res) => {
  const agent = new FacebookAdsAgent();
  res.json(await agent.getCampaigns());
});

module.exports = router;
