import { untrack } from "svelte";
import type { ProjectCard } from "../backend";
import { announce } from "./announce.svelte";
import { firstControl, keepsFocus } from "./focus";
import { onEnd, type Running } from "./running.svelte";

/** Names of the two fields that every form has besides its own. */
export const PARENT = "@parent";
export const FOLDER = "@name";

/** What an ssh server shows that is not known on this machine. */
export interface HostKey {
  host: string;
  keyType: string;
  fingerprint: string;
}

/** Where a project goes, while it is asked: a folder, and the name of the one in it. */
export interface Placing {
  parent: string;
  folder: string;
  job: Running;
  /** The project, once it is there. */
  project: ProjectCard | null;
  touch(name: string): void;
  complaintAt(name: string): string | null;
}

/** The folder that it will be, as it is shown. */
export function targetOf({ parent, folder }: Placing): string {
  return `${parent.trim().replace(/[/\\]+$/, "")}/${folder.trim()}`;
}

/**
 * A folder that was taken is told of until another one is named, by whatever field that happens. Called while a
 * component is made.
 */
export function forgetsTaken(work: () => Placing): void {
  let told = untrack(() => targetOf(work()));
  $effect(() => {
    const target = targetOf(work());
    if (target === told) return;
    told = target;
    untrack(() => {
      const { job } = work();
      if (job.failure?.code === "folder-not-empty") job.failure = null;
    });
  });
}

/**
 * Says how the work ended, and leads to the folder's name where that folder is taken. Called while a component is
 * made.
 */
export function tellsEnd(work: () => Placing, focus: (name: string) => void, made?: () => void): void {
  onEnd(
    () => work().job.running,
    () => {
      const { job, project } = work();
      if (job.failure?.code === "folder-not-empty") focus(FOLDER);
      if (job.cancelled) announce("Stopped. Nothing was left behind");
      if (!project) return;
      announce(`${project.name} is ready in ${project.shown}`);
      made?.();
    },
  );
}

/**
 * Keeps the focus in the form. After a stop or a failure it is on the button that was pressed: what the alert above it
 * asks is not pressed by chance.
 */
export function keepsSubmit(work: () => Placing): ReturnType<typeof keepsFocus> {
  return keepsFocus((box) => {
    const { job } = work();
    const again = job.cancelled || job.failure;
    return (again ? box.querySelector<HTMLElement>("[type=submit]") : null) ?? firstControl(box);
  });
}
