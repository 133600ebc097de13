import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { Cmd, Copy, DockerfileParser, From, type Instruction } from 'dockerfile-ast';

/** A stage of the image: a folder in place of its file system, and what its steps leave behind. */
export interface Stage {
  readonly name: string | null;
  readonly root: string;
  workdir: string;
  readonly env: Record<string, string>;
  user: string;
  command: readonly string[];
  healthCheck: readonly string[];
}

/**
 * Does in `folder` what `docker build` would: the instructions that our Dockerfile uses, and no other. `pathOf` names
 * the folder of a base image's programs. Returns the last stage.
 */
export function walkDockerfile(project: string, folder: string, pathOf: (baseImage: string) => string): Stage {
  const context = readContext(project);
  const stages: Stage[] = [];

  function begin(from: From): void {
    const root = join(folder, `stage-${stages.length}`);
    mkdirSync(root);
    const env = { PATH: `${pathOf(from.getImage() ?? '')}:${process.env.PATH ?? ''}` };
    stages.push({ name: from.getBuildStage(), root, workdir: '/', env, user: '0:0', command: [], healthCheck: [] });
  }

  function copy(instruction: Copy, stage: Stage): void {
    const name = instruction.getFlags().find((flag) => flag.getName() === 'from');
    const source = name && stages.find((each) => each.name === name.getValue());
    if (name && !source) throw new Error(`${instruction.getTextContent()}: no such stage`);
    const paths = wordsOf(instruction);
    const target = paths.pop()!;
    for (const path of paths) {
      if (!source && !context.includes(path)) throw new Error(`COPY ${path}: .dockerignore keeps it out`);
      const from = join(source?.root ?? project, path);
      if (!existsSync(from)) throw new Error(`COPY ${path}: not found`);
      const to = inside(stage, target.endsWith('/') ? join(target, path) : target);
      cpSync(from, to, { recursive: true, verbatimSymlinks: true });
    }
  }

  function step(instruction: Instruction, stage: Stage): void {
    const content = instruction.getArgumentsContent() ?? '';
    if (instruction instanceof Copy) copy(instruction, stage);
    else if (instruction instanceof Cmd)
      stage.command = instruction.getJSONStrings().map((argument) => argument.getJSONValue());
    else
      switch (instruction.getKeyword()) {
        case 'WORKDIR':
          stage.workdir = content;
          mkdirSync(inside(stage, '.'), { recursive: true });
          break;
        case 'ENV':
          for (const word of wordsOf(instruction)) Object.assign(stage.env, Object.fromEntries([word.split('=')]));
          break;
        case 'RUN': {
          const npm = { HOME: process.env.HOME, npm_config_prefer_offline: 'true', npm_config_loglevel: 'error' };
          const options = { cwd: inside(stage, '.'), env: { ...stage.env, ...npm } };
          execFileSync('sh', ['-c', content], { ...options, stdio: ['ignore', 'ignore', 'inherit'] });
          break;
        }
        case 'USER':
          stage.user = content;
          break;
        case 'HEALTHCHECK':
          stage.healthCheck = JSON.parse(content.slice(content.indexOf('['))) as string[];
          break;
        case 'EXPOSE':
          break;
        default:
          throw new Error(`Not known here: ${instruction.getTextContent()}`);
      }
  }

  const instructions = DockerfileParser.parse(readFileSync(join(project, 'Dockerfile'), 'utf8')).getInstructions();
  for (const instruction of instructions) {
    if (instruction instanceof From) begin(instruction);
    else step(instruction, stages.at(-1)!);
  }
  return stages.at(-1)!;
}

/** The files that docker would be sent: those that .dockerignore, `*` and plain exceptions from it, lets through. */
function readContext(project: string): readonly string[] {
  const lines = readFileSync(join(project, '.dockerignore'), 'utf8').split('\n');
  const patterns = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (patterns.shift() !== '*') throw new Error('.dockerignore must begin with *');
  return patterns.map((pattern) => {
    if (!/^![\w.-]+$/.test(pattern)) throw new Error(`.dockerignore: ${pattern} is no plain exception`);
    return pattern.slice(1);
  });
}

const inside = (stage: Stage, path: string): string => join(stage.root, resolve(stage.workdir, path));

const wordsOf = (instruction: Instruction): string[] =>
  instruction.getArguments().map((argument) => argument.getValue());
