import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const gateway = process.env.GATEWAY_URL ?? 'http://127.0.0.1:4000';
/** The page and the gateway are one origin to the browser. */
const server = { host: '127.0.0.1', proxy: { '/graphql': { target: gateway, changeOrigin: true } } };

export default defineConfig({ plugins: [react()], server, preview: server });
