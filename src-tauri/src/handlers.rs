// Every command of the window, once: the handler in `app.rs` and the manifest in `build.rs` are both made
// from this list, and the build stops when `capabilities/main.json` does not allow exactly these.

macro_rules! with_commands {
    ($then:ident) => {
        $then![
            start,
            home,
            paths,
            path,
            page,
            library,
            search,
            starters,
            starter,
            starter_form,
            preview_project,
            code_block,
            mirrors,
            remove_mirror,
            toolchain,
            tools_report,
            diagnostics,
            save_settings,
            dismiss_notice,
            set_place,
            answer_quiz,
            confirm,
            complete_step,
            reset_progress,
            set_folder,
            pick_folder,
            open_project,
            open_external,
            ready,
            check_tools,
            check_repository,
            create_project,
            clone_address,
            fetch_starters,
            outdated,
            upgrade,
            verify,
            cancel,
        ]
    };
}
