export { getFacebookAgent as makeAgent } from '../utils/agent-cache.js';
