import './app.css';
import { mount } from 'svelte';
import App from './App.svelte';
import './state/theme.svelte.ts';

mount(App, { target: document.body });
